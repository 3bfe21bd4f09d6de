#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/tools/gate.hpp"
#include "protocol/mcp/fields.hpp"

namespace host {

/// Something that could not be observed, and why.
struct Unseen {
  std::string server{};
  std::string problem{};
};

/// The structured content of an answer as the struct at `out`, by the generated table. Returns what
/// does not fit; empty if all does.
std::string decode_structured(const std::string& structured, const mcp::fields::Type& type,
                              void* out);

/// A read through the gate, from struct to struct. Nothing, and a line in `unseen`, if it fails.
template <class Result, class Args>
std::optional<Result> read_as(Gate& gate, const char* server, const char* tool, const Args& args,
                              std::vector<Unseen>& unseen) {
  const CallResult answer =
      gate.read({.server = server,
                 .tool = tool,
                 .arguments = mcp::fields::encode(mcp::fields::type_of<Args>(), &args)});
  Result result{};
  const std::string problem =
      answer.failed ? answer.text
                    : decode_structured(answer.structured, mcp::fields::type_of<Result>(), &result);
  if (problem.empty()) return result;
  unseen.push_back({.server = server, .problem = problem});
  return std::nullopt;
}

/// The id of the draft or event that a call has made; empty if it made none.
std::string id_of_made(const std::string& structured);

}  // namespace host
