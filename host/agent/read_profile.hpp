#pragma once

#include <string_view>

#include "host/planner/profile.hpp"

namespace host {

/// The planner's part of the memory server's profile. A key that is absent, or holds what the
/// planner cannot use, keeps the default.
Profile read_profile(std::string_view json);

}  // namespace host
