#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/harness/server_under_test.hpp"
#include "host/harness/tool.hpp"

namespace harness {

/// What is wrong with an answer, whatever was asked.
struct Fault {
  std::string_view check{};
  std::string problem{};
};

/// What the caller knows of the arguments that it sent.
enum class Sent {
  Valid,
  Invalid,
  NoObject,  ///< Not even an object: a protocol error is in order.
};

/// `old_revision`: one before 2025-11-25, in which -32602 answers bad arguments.
struct Rules {
  bool old_revision{};
};

std::vector<Fault> faults_of(const Tool& tool, const Answer& answer, Sent sent, const Rules& rules);

/// Whether a result has anything for the model: a text that is not blank, or another block.
bool has_content(const Answer& answer);

/// Whether `text` names the argument: as it is spelt, or as words ("due date" for due_date).
bool names(const std::string& text, const std::string& argument);

/// One line of at most `most` bytes, for problems.
std::string excerpt(const std::string& text, std::size_t most = 160);

}  // namespace harness
