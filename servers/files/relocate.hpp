#pragma once

#include <functional>
#include <string>

#include "servers/files/trees.hpp"

/// Moves a file or a folder from one name to another, also onto another file system.
namespace files {

/// One move, known by an id that no other has.
struct Move {
  End from{};
  End to{};
  std::string id{};
};

struct Watch {
  Pause pause{};                  ///< Asked while a tree is copied.
  std::function<void()> begun{};  ///< Called as soon as something that others see was done.
};
/// Afterwards `to` is what `from` was, durably, and `from` is gone; after a failure or a crash, at
/// any moment, one of the two is whole under its name, and the other is so too or is not there;
/// once `mend` has been there, just one is. Refuses to replace anything. Onto another file system
/// the tree is copied under a hidden name beside `to` first. Throws mcp::ToolError, also where the
/// source changes meanwhile.
void relocate(const Move& move, const Watch& watch = {});

/// Renames, durably; `to` must be free. Throws mcp::ToolError.
void rename_durably(const End& from, const End& to, const Watch& watch = {});

/// Puts right what a relocation left half done, in this direction or the opposite one: the hidden
/// names that it uses are gone, and the thing is where it got to. To be called before anything is
/// concluded from what is there.
void mend(const Move& move);

/// The hidden name beside a file while it is being made: ".adjutant-<id>.tmp".
std::string temporary_name(const std::string& id);

}  // namespace files
