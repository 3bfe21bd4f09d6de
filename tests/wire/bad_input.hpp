#pragma once

#include <string>
#include <vector>

namespace wire {

/// What must come back; never an internal error, and never silence.
enum class Want {
  Refusal,    ///< A protocol error.
  ToolError,  ///< A result with isError.
  AnyAnswer,  ///< It is the server's choice whether it can be taken.
};

/// One line that no client should send. No two of one kind take the same path through the reader.
struct BadInput {
  std::string name{};
  std::string line{};
  Want want{};
  std::string id{};  ///< As JSON; empty where the server cannot know it.
};

/// What is sent to one server: a reading tool, arguments (an object's members) that are right for
/// it, and the name of an integer argument it takes.
struct Target {
  std::string server{};
  std::string tool{};
  std::string members{};  ///< "\"query\":\"x\"", may be empty.
  std::string integer{};
  std::string first_tool{};  ///< Called once before, so that there is something to read.
  std::string first_arguments{};
};

Target target_of(const std::string& server);

/// A tools/call as text, so that its parts need not be JSON.
std::string call_line(const std::string& id, const std::string& tool, const std::string& arguments);

std::vector<BadInput> broken_json(const Target& target);
std::vector<BadInput> wrong_types(const Target& target);
std::vector<BadInput> unknown_names(const Target& target);
std::vector<BadInput> oversized_lines(const Target& target);
std::vector<BadInput> deep_nesting(const Target& target);
std::vector<BadInput> bad_utf8(const Target& target);
std::vector<BadInput> huge_numbers(const Target& target);
std::vector<BadInput> batches(const Target& target);

/// Arguments of the server's own tools that are of a wrong type or out of bounds, each in its own
/// way:
/// {"add_tasks", "{\"tasks\":7}"}.
std::vector<std::pair<std::string, std::string>> wrong_arguments(const std::string& server);

}  // namespace wire
