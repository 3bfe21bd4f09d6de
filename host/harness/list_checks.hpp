#pragma once

#include <cstddef>
#include <vector>

#include "host/harness/ledger.hpp"
#include "host/harness/tool.hpp"

namespace harness {

/// What can be said of a list of tools without calling any: names, schemas, annotations, cost.
void check_list(const std::vector<Tool>& tools, Ledger& ledger);

/// What the list costs a model, roughly: name, description and input schema of each tool as compact
/// JSON, a token for every 4.7 bytes (what o200k makes of such lists, within a tenth).
std::size_t tokens_of(const std::vector<Tool>& tools);

}  // namespace harness
