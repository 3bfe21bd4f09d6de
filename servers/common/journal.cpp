#include "servers/common/journal.hpp"

#include <chrono>
#include <optional>

#include "servers/common/changeset.hpp"
#include "servers/common/columns.hpp"
#include "servers/common/database.hpp"
#include "servers/common/database_parts.hpp"
#include "servers/common/journal_table.hpp"
#include "servers/common/times.hpp"

namespace common {
namespace {

std::string quoted(const JournalEntry& entry) {
  return "\"" + entry.summary + "\"";
}

/// Which change to take back, inside a transaction.
JournalEntry chosen(const JournalTable& journal, std::string_view server, const UndoArgs& args,
                    const mcp::Call& call) {
  if (args.change_id.empty()) {
    std::optional<JournalEntry> last = journal.find_last(call.actor());
    if (last) return *std::move(last);
    throw mcp::ToolError("Nothing to undo: " + call.actor() +
                         " has made no change here that still stands. change_id names a change of "
                         "anybody's.");
  }
  const std::optional<std::int64_t> number =
      number_of_id(args.change_id, std::string(server) + "-");
  std::optional<JournalEntry> named = number ? journal.find(*number) : std::nullopt;
  if (!named) {
    throw mcp::ToolError(
        "/change_id: no change " + args.change_id +
        "; the change_id is in the answer of the call that made it, and changes are "
        "kept for 30 days");
  }
  if (named->undone) {
    throw mcp::ToolError("/change_id: " + args.change_id + " (" + quoted(*named) +
                         ") is undone already");
  }
  return *std::move(named);
}

Change change_of(const DatabaseParts& parts, const JournalEntry& entry) {
  const std::chrono::sys_seconds at{std::chrono::seconds(entry.at)};
  return {.change_id = parts.change_id(entry.id),
          .at = parts.times.zone().at(at),
          .actor = entry.actor,
          .tool = entry.tool,
          .summary = entry.summary,
          .undone = entry.undone};
}

/// Who stands in the way of undoing `entry`, with what, since when, and what to do.
std::string blame(const DatabaseParts& parts, const JournalEntry& entry,
                  const std::optional<JournalEntry>& later) {
  const std::string text = "/change_id: nothing was changed: " + parts.change_id(entry.id) + " (" +
                           quoted(entry) + ") cannot be undone, because ";
  if (!later) return text + "the same rows were changed since, outside this journal.";
  const Change other = change_of(parts, *later);
  return text + other.actor + " changed the same thing since: " + other.change_id + " (" +
         quoted(*later) + ", by " + other.tool + " at " + Times::spoken(other.at) + "). Undo " +
         other.change_id + " first, or set the values by hand.";
}

void refuse_conflicts(const DatabaseParts& parts, const JournalEntry& entry) {
  const Conflicts conflicts =
      apply_changeset(parts.sqlite.getHandle(), inverse_of(entry.changeset));
  if (conflicts.any()) {
    throw mcp::ToolError(blame(parts, entry, parts.journal.find_later(entry.id, conflicts)));
  }
  if (parts.outside == nullptr) return;
  const std::optional<JournalEntry> later =
      parts.journal.find_later_standing(entry.id, [&](const std::vector<std::string>& effects) {
        return parts.outside->stands_on(effects, entry.steps.effects);
      });
  if (later) throw mcp::ToolError(blame(parts, entry, later));
}

}  // namespace

UndoResult Journal::undo(const UndoArgs& args, mcp::Call& call) {
  DatabaseParts& parts = *database_.parts_;
  JournalEntry entry;
  parts.read([&] { entry = chosen(parts.journal, parts.spec.name, args, call); });

  UndoResult result;
  const auto take_back = [&] {
    const std::optional<JournalEntry> now = parts.journal.find(entry.id);
    if (!now || now->undone) {
      throw mcp::ToolError("Somebody else has undone " + parts.change_id(entry.id) +
                           " just now; nothing was changed.");
    }
    refuse_conflicts(parts, entry);
    parts.journal.mark_undone(entry.id);
    entry.undone = true;
    result = {.undone = {change_of(parts, entry)},
              .left = parts.journal.count_standing(call.actor())};
  };
  const Write write{.call = &call,
                    .summary = "Undid " + parts.change_id(entry.id) + ": " + entry.summary,
                    .dry_run = args.dry_run};
  const Steps steps{.effects = entry.steps.effects, .direction = opposite(entry.steps.direction)};
  if (!steps.effects.empty()) {
    // Conflicts show before anything outside is touched: taking a step back and doing it again need
    // not leave things as they were.
    Write check = write;
    check.dry_run = true;
    parts.change({.write = check, .undoes = entry.id}, take_back);
    parts.check(steps);
  }
  parts.change({.write = write, .steps = steps, .undoes = entry.id}, take_back);
  return result;
}

}  // namespace common
