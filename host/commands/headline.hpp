#pragma once

#include <string>

#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"

namespace host {

/// The first line of `day` and `brief`: who decides, and what day it is.
std::string headline(const Session& session, const Terminal& terminal);

/// What is being done, on one line of standard error that the next word replaces; nothing where
/// that is no terminal.
class ProgressLine {
 public:
  ProgressLine();
  void say(const std::string& text) const;
  void clear() const;

 private:
  bool shown_;
};

}  // namespace host
