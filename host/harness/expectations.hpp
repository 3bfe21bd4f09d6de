#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/harness/seen.hpp"
#include "host/harness/test_file.hpp"
#include "host/harness/variables.hpp"
#include "host/harness/volatile_values.hpp"

namespace harness {

/// What an answer fails to be, each a sentence that says where, what was expected and what came;
/// empty if all holds. Snapshots are not looked at here. Throws std::runtime_error for a variable
/// that has no value.
std::vector<std::string> unmet(const Expectation& expect, const Seen& seen,
                               const Variables& variables, const VolatileValues& same);

/// Takes the value out of the answer; on failure nothing, and `problem` says why.
std::optional<nlohmann::json> captured(const Capture& capture, const Seen& seen,
                                       const Variables& variables, std::string& problem);

/// The first line in which two texts differ, both ways; "" if they are the same.
std::string first_difference(const std::string& expected, const std::string& came);

/// JSON on one line, cut to what a person wants to see of it.
std::string shown(const nlohmann::json& value);

}  // namespace harness
