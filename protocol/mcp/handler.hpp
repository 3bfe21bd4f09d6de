#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/mcp/fields.hpp"

namespace mcp {

/// What a caller can mend: becomes a result with `isError`, its text is what a model reads. Say
/// where (a JSON pointer, for an argument), what is wrong and what to do: "/ids/0: no task t9;
/// list_tasks shows what exists".
class ToolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One tools/call while its handler runs. The server owns it; a handler uses it from the thread it
/// was called on and never keeps it.
class Call {
 public:
  using Progress =
      std::function<void(double done, std::optional<double> total, std::string_view message)>;

  Call(std::string tool, std::string actor, std::stop_token stop = {}, Progress progress = {})
      : tool_(std::move(tool)),
        actor_(std::move(actor)),
        stop_(std::move(stop)),
        progress_(std::move(progress)) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  /// The tool's name, and the client's name as it introduced itself ("unknown" if it did not).
  const std::string& tool() const { return tool_; }
  const std::string& actor() const { return actor_; }

  /// True once the client has taken the request back: stop soon, change nothing more. Long work
  /// asks.
  bool cancelled() const { return stop_.stop_requested(); }

  /// Tells a client that asked for it how far the work is. `done` must grow from call to call.
  void progress(double done, std::optional<double> total, std::string_view message) const {
    if (progress_) progress_(done, total, message);
  }

  /// The journal reports the change that this call made; it becomes `change_id` of the answer.
  void set_change_id(std::string id) { change_id_ = std::move(id); }
  const std::string& change_id() const { return change_id_; }

  /// Says that the answer quotes words of others in a sentence of the handler's own, between « and
  /// » (fields::marked). What schemas mark as words of others needs no telling.
  void set_untrusted() { untrusted_ = true; }
  bool untrusted() const { return untrusted_; }

  /// Which members of the answer's rows the caller wants (its argument `fields`, else the tool's
  /// default). The encoder applies it; common::Page weighs rows by it.
  void set_rows(fields::Mask mask) { rows_ = std::move(mask); }
  const fields::Mask& rows() const { return rows_; }

 private:
  std::string tool_;
  std::string actor_;
  std::stop_token stop_;
  Progress progress_;
  std::string change_id_;
  bool untrusted_{};
  fields::Mask rows_;
};

}  // namespace mcp
