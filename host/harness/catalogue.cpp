#include "host/harness/catalogue.hpp"

#include <array>
#include <utility>

namespace harness::checks {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 28> kAdvice{{
    {kUniqueNames, "Give every tool a name of its own; clients keep one of two that share it."},
    {kTokenCost, "Shorten descriptions and schemas, or list fewer tools by default."},
    {kUnknownTool, "Answer a call of a tool that does not exist with the protocol error -32602."},
    {kCleanOutput,
     "Write nothing but protocol messages to standard output; logs go to standard "
     "error."},
    {kOwnId, "Answer with exactly the id of the request."},
    {kOneAnswer, "Answer each request once."},
    {kPortableName, "Use 1 to 64 letters, digits, underscores and hyphens."},
    {kPortableSchema,
     "Say it without the keyword; model providers refuse the tool, or the whole "
     "list, because of it."},
    {kValidSchema, "Make it a schema of JSON Schema 2020-12."},
    {kDescribed, "Describe what the tool does; a model has nothing else to choose by."},
    {kAnnotations, "Let the hints be booleans that do not contradict each other."},
    {kSurvives, "Catch what goes wrong inside a tool and answer with a result that has isError."},
    {kInTime,
     "Put a limit on the work of a call, or in the schema on the argument that makes it "
     "long."},
    {kToolError,
     "Answer with a result that has isError and says what to mend: a protocol error "
     "does not reach the model."},
    {kWellFormed, "Answer with content, a list of blocks, each with what its type needs."},
    {kOutputSchema,
     "Send structuredContent that the tool's outputSchema allows with every "
     "success, or correct the outputSchema."},
    {kHasText, "Say in a text block what was done or found, also when it is nothing."},
    {kAcceptsBounds, "Accept what the schema allows, limits included, or move the limit."},
    {kRefusesMissing, "Refuse a call without it, with isError and its name, or do not require it."},
    {kRefusesWrongType, "Check arguments against the schema before they are used."},
    {kRefusesOutOfBounds, "Enforce the limit, or take it out of the schema."},
    {kRefusesUnlisted, "Refuse what the enum does not list, and list it in the error."},
    {kRefusesExtra,
     "Refuse unknown arguments by name, as additionalProperties: false promises, or "
     "drop the promise: a misspelt argument is lost in silence."},
    {kNamesArgument, "Name the argument in the error, so that the model can mend the right one."},
    {kHandledErrors,
     "Check what comes in before it is used, and say in words what is wrong with it: the text of "
     "an "
     "exception helps no model."},
    {kSideBySide,
     "Keep what belongs to a call apart from other calls; clients send several at once."},
    {kReadOnly,
     "Change nothing in a tool with readOnlyHint, or drop the hint: clients call such "
     "tools without asking."},
    {kMemory, "Let go of what a call needed once it is answered."},
}};

}  // namespace

std::string_view advice(std::string_view check) {
  for (const auto& [name, text] : kAdvice) {
    if (name == check) return text;
  }
  return "";
}

}  // namespace harness::checks
