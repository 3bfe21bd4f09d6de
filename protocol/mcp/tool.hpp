#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "protocol/mcp/fields.hpp"
#include "protocol/mcp/handler.hpp"

namespace mcp {

/// What a tool call came to, ready to be put on the wire: a result object is
/// {content: [{type: "text", text}], structuredContent: <structured>, _meta}.
struct Answer {
  std::string text{};        ///< Stands alone; for a model that sees no structured content.
  std::string blocks{};      ///< Instead of the text: a JSON array of content blocks.
  std::string structured{};  ///< One JSON object, as bytes.
  std::string change_id{};   ///< `_meta` "adjutant/change_id"; empty if nothing was changed.
  bool untrusted{};          ///< `_meta` "adjutant/untrusted": the answer holds words of others.
};

struct Tool;

/// Decodes `arguments`, runs the handler, encodes its result. Throws ToolError for what the caller
/// can mend; whatever else the handler throws flies on.
using Run = Answer (*)(const Tool& tool, void* context, const nlohmann::json& arguments,
                       Call& call);

/// One entry of tools/list and the way to its handler. Generated from schemas/<server>/<tool>.json;
/// lives as long as the program, shared by all threads.
struct Tool {
  std::string_view name{};
  std::string_view description{};
  std::string_view input_schema{};   ///< JSON, references inlined, as it goes on the wire.
  std::string_view output_schema{};  ///< JSON, top level only.
  std::string_view annotations{};    ///< JSON.
  bool read_only{};                  ///< readOnlyHint; such calls may run beside each other.
  bool listed{true};  ///< False: callable, but in tools/list only with `--tools all`.
  bool reference{};   ///< Drop-in of a reference server's tool: its text, its shape, unknown
                      ///< arguments ignored.
  const fields::Type* args{};
  const fields::Type* result{};
  const fields::Type* row{};  ///< What the argument `fields` selects from; null without one.
  std::span<const std::string_view> row_default{};
  Run run{};
};

/// The first half of a call: `arguments` (an object, or null for none) into the struct at `args`.
/// Throws ToolError with every complaint, one a line. Sets call.rows().
void read_arguments(const Tool& tool, const nlohmann::json& arguments, void* args, Call& call);

/// The second half: the handler's result as an answer.
Answer make_answer(const Tool& tool, const void* args, const void* result, const Call& call);

/// The generated tables name this for each tool; `Handler` is Result (*)(Context&, const Args&,
/// Call&).
template <class Context, class Args, class Result, Result (*Handler)(Context&, const Args&, Call&)>
Answer run_handler(const Tool& tool, void* context, const nlohmann::json& arguments, Call& call) {
  Args args{};
  read_arguments(tool, arguments, &args, call);
  const Result result = Handler(*static_cast<Context*>(context), args, call);
  return make_answer(tool, &args, &result, call);
}

}  // namespace mcp
