#pragma once

#include <string_view>

/// The checks that need no file, by their names. A name is stable: reports and people refer to it.
namespace harness::checks {

// Of the whole server.
constexpr std::string_view kUniqueNames = "unique-names";
constexpr std::string_view kTokenCost = "token-cost";
constexpr std::string_view kUnknownTool = "unknown-tool";
constexpr std::string_view kCleanOutput = "clean-output";
constexpr std::string_view kOwnId = "answers-what-was-asked";
constexpr std::string_view kOneAnswer = "answers-once";

// Of a tool, by its entry in the list.
constexpr std::string_view kPortableName = "portable-name";
constexpr std::string_view kPortableSchema = "portable-schema";
constexpr std::string_view kValidSchema = "valid-schema";
constexpr std::string_view kDescribed = "described";
constexpr std::string_view kAnnotations = "sane-annotations";

// Of a tool, by calling it.
constexpr std::string_view kCalled = "called";  // It has no findings; it may be not run.
constexpr std::string_view kSurvives = "survives";
constexpr std::string_view kInTime = "answers-in-time";
constexpr std::string_view kToolError = "tool-error";
constexpr std::string_view kWellFormed = "well-formed-result";
constexpr std::string_view kOutputSchema = "matches-output-schema";
constexpr std::string_view kHasText = "text-not-empty";
constexpr std::string_view kAcceptsBounds = "accepts-its-bounds";
constexpr std::string_view kRefusesMissing = "refuses-missing";
constexpr std::string_view kRefusesWrongType = "refuses-wrong-type";
constexpr std::string_view kRefusesOutOfBounds = "refuses-out-of-bounds";
constexpr std::string_view kRefusesUnlisted = "refuses-unlisted";
constexpr std::string_view kRefusesExtra = "refuses-extra";
constexpr std::string_view kNamesArgument = "names-the-argument";
constexpr std::string_view kHandledErrors = "handled-errors";
constexpr std::string_view kSideBySide = "answers-side-by-side";
constexpr std::string_view kReadOnly = "read-only";
constexpr std::string_view kMemory = "memory";

/// What to do about a finding of that check: a sentence.
std::string_view advice(std::string_view check);

}  // namespace harness::checks
