#include "servers/files/step_hooks.hpp"

namespace files {

void between_steps() {}

}  // namespace files
