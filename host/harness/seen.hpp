#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "host/harness/server_under_test.hpp"

namespace harness {

/// An answer as expectations look at it.
struct Seen {
  bool is_error{};               ///< The tool's own word (isError).
  std::string text{};            ///< The text blocks, one a line; of a refusal its message.
  nlohmann::json structured{};   ///< structuredContent; without it the text, if that is a JSON
                                 ///< object or list; else null.
  std::optional<int> refused{};  ///< The code of the JSON-RPC error.
  std::string problem{};         ///< Why there is no answer at all; a sentence.
};

/// Of a call that came to something or nothing.
Seen look_at(const Answer& answer);

/// Of a `result` of tools/call.
Seen look_at_result(const nlohmann::json& result);

}  // namespace harness
