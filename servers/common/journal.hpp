#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "schemas/common/rows.hpp"
#include "servers/common/intents.hpp"

namespace common {

class Database;

/// What a server's changes do outside its database: renames in a Maildir, files in a folder. An
/// effect is one step in words of the store's own (no NUL in it), enough to do it and to take it
/// back; whatever it would overwrite is kept aside first. The journal stores it before anything
/// happens.
class Outside {
 public:
  virtual ~Outside() = default;
  /// Does the step. Done before: nothing to do. Throws mcp::ToolError, having done nothing, where
  /// somebody else's change is in the way: names it.
  virtual void apply(std::string_view effect) = 0;
  /// Takes the step back, by the same rules. Never done: nothing to do.
  virtual void revert(std::string_view effect) = 0;
  /// The change has left the journal, or never came to be: before-images of this effect may go.
  virtual void forget(std::string_view effect) = 0;

  /// Throws what `apply` or `revert` would, as things are now; changes nothing.
  virtual void check(std::string_view /*effect*/, Direction /*way*/) const {}
  /// True if the later change has to be taken back before the earlier one can be.
  virtual bool stands_on(const std::vector<std::string>& /*later*/,
                         const std::vector<std::string>& /*earlier*/) const {
    return false;
  }
  /// What the before-images of this effect take; they count with the rest of the journal.
  virtual std::int64_t kept_bytes(std::string_view /*effect*/) const { return 0; }
};

/// The undo tool of a server, over the journal in its database: every change of the last 30 days,
/// at most 256 MiB of them (but the last one is kept whatever its size), with who made it (the
/// client's name), by which tool, and when.
class Journal final {
 public:
  explicit Journal(Database& database) : database_(database) {}

  /// Takes back `args.change_id`, else the caller's last change that stands. Where somebody changed
  /// the same rows since, nothing is changed and the mcp::ToolError names who, what and when. An
  /// undo is in the journal too: it is not the caller's "last change" (undo twice goes back two
  /// changes), but can be named, which redoes.
  UndoResult undo(const UndoArgs& args, mcp::Call& call);

 private:
  Database& database_;
};

}  // namespace common
