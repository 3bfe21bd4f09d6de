#pragma once

#include <string>
#include <string_view>

#include "host/formats/task_file.hpp"

/// todo.txt (github.com/todotxt/todo.txt): a line a task, "x 2026-03-17 2026-03-01 (A) Words
/// +project
/// @tag key:value". Beside `due:` and the widespread `t:` (threshold: planned start), `rec:`,
/// `pri:` and `id:`, what the rules leave no place for are keys of our own: `est:` minutes, `imp:`
/// importance, `to:` assignee, `dep:` ids, `status:`, `done:` the instant of completion, `rrule:`,
/// `note:`. Priorities A, B, C are high, medium, low.
///
/// A word that would be read as something else, and white space in a value, is written
/// percent-encoded ("%2B1" is the word "+1"). A line is read that way only if it would be written
/// exactly so again; lines of other programs are read as they stand.
namespace host {

/// Without its line end. Everything but `origin` and `untrusted` is in it.
std::string todo_line(const FileTask& task);

TaskFile read_todo_txt(std::string_view text);

}  // namespace host
