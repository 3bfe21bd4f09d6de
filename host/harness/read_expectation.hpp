#pragma once

#include <string_view>

#include "host/harness/test_file.hpp"
#include "host/harness/toml_node.hpp"

namespace harness {

/// What may stand under a step's `expect` and `capture`. These throw as TomlNode does.
Expectation read_expectation(const TomlNode& node);
std::vector<Capture> read_captures(const TomlNode& node);

/// Refuses what is no RE2 pattern; `${name}` in it is left out of the judgement.
void require_pattern(const TomlNode& node, std::string_view pattern);

}  // namespace harness
