#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemas/tasks/rows.hpp"
#include "servers/common/times.hpp"

namespace host {

/// A task in a line of words: "Pay rent every month on the 1st p1 #home ~30m @anna". p1 to p4 or
/// !high, !medium, !low are the priority (p1 high, p4 none); the first #word is the project, others
/// are tags; @word is the assignee; ~30m, ~1h30m, ~1.5h or ~90 (minutes) the estimate; a repeat in
/// words and a date in words, wherever they stand, say when it is due ("from monday": when it can
/// begin). What is left is the title.
struct QuickTask {
  tasks::NewTask task{};
  /// What was understood of which words: {"due", "Fri 2026-03-20", "fri"}.
  struct Understood {
    std::string member{};
    std::string value{};
    std::string words{};
  };
  std::vector<Understood> understood{};
  std::string doubt{};  ///< Words of time that were left in the title, and why; a sentence.
};

/// Throws std::runtime_error where no title is left.
QuickTask read_quick(std::string_view line, const common::Times& times);

}  // namespace host
