#pragma once

#ifdef ADJUTANT_TEST_HOOKS
#include <unistd.h>

#include <cstdlib>
#endif

/// What a test build of `database` does around its transactions. The programs that people get are
/// built without ADJUTANT_TEST_HOOKS, and these are constants and nothing there.
namespace common::hooks {

#ifdef ADJUTANT_TEST_HOOKS

/// ADJUTANT_TEST_DEFERRED: the control that shows what IMMEDIATE is for, a transaction that begins
/// as a reader and turns into a writer.
inline const char* begin_writing() {
  return std::getenv("ADJUTANT_TEST_DEFERRED") == nullptr
             ? "BEGIN IMMEDIATE"
             : "BEGIN DEFERRED; SELECT count(*) FROM sqlite_schema";
}

/// ADJUTANT_TEST_PIPE: the file descriptor that is told "b" once a transaction has done its work
/// and is about to commit, and "c" once it is durable. ADJUTANT_TEST_HOLD=N: the Nth transaction
/// (from 1) stops there for ever, to be killed between the two.
inline void report(char what) {
  static int begun = 0;  // a test program has one worker
  const char* pipe = std::getenv("ADJUTANT_TEST_PIPE");
  if (pipe != nullptr && ::write(std::atoi(pipe), &what, 1) != 1) std::abort();
  const char* hold = std::getenv("ADJUTANT_TEST_HOLD");
  if (what == 'b' && hold != nullptr && ++begun == std::atoi(hold)) {
    while (true) ::pause();
  }
}

#else

inline const char* begin_writing() {
  return "BEGIN IMMEDIATE";
}
inline void report(char) {}

#endif

}  // namespace common::hooks
