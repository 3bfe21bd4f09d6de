#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "protocol/schema/schema.hpp"

namespace harness {

/// One entry of tools/list, read.
struct Tool {
  explicit Tool(nlohmann::json listed);

  nlohmann::json entry;  ///< As it was listed.
  std::string name;
  nlohmann::json input;  ///< Its input schema; {} where it has none.
  schema::Schema input_schema;
  std::optional<schema::Schema> output_schema;
  bool read_only{};    ///< readOnlyHint.
  bool destructive{};  ///< destructiveHint, said outright.
  bool as_task{};      ///< It can be called only as a task, which a plain call is not.
};

}  // namespace harness
