// The one file that compiles what Boost.Process v2 keeps out of its headers.
#include <boost/process/v2/src.hpp>
