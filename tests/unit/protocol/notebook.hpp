#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "protocol/mcp/tool.hpp"

namespace notebook {

/// Holds back handlers until a test opens it, and tells the test how many it holds.
class Gate {
 public:
  void open();
  void await_held(int count);
  /// Returns when the gate is open or the call was told to stop; calls `tick` while it waits.
  void hold(const mcp::Call& call, const std::function<void()>& tick = {});

 private:
  std::mutex mutex_;
  std::condition_variable changed_;  // With mutex_.
  bool open_{};                      // Guarded by mutex_.
  int held_{};                       // Guarded by mutex_.
};

/// What all contexts of the fake server share.
class Notebook {
 public:
  Gate gate{};

  void add(const std::string& note);
  std::vector<std::string> notes();
  void mark_thread();
  std::size_t threads_seen();

 private:
  std::mutex mutex_;
  std::vector<std::string> notes_;     // Guarded by mutex_.
  std::set<std::thread::id> threads_;  // Guarded by mutex_.
};

/// A worker's own context.
struct Context {
  Notebook& notebook;
};

struct NoArgs {};
struct AddArgs {
  std::string text{};
  std::optional<std::int64_t> times{};
};
struct NotesResult {
  std::vector<std::string> notes{};
};

/// add {text, times?} writes; list, wait and count read; wait_then_add writes; wait, wait_then_add
/// and count last until the gate opens, count telling its progress; complain throws a ToolError,
/// crash an exception nobody expects. hidden is callable but not listed.
std::span<const mcp::Tool> tools();

}  // namespace notebook
