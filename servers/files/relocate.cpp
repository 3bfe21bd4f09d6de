#include "servers/files/relocate.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string_view>

#include "protocol/mcp/handler.hpp"
#include "servers/files/errors.hpp"
#include "servers/files/step_hooks.hpp"

namespace files {
namespace {

struct HiddenEnds {
  End copy{};  ///< Beside the target: a copy that is being made, or is whole.
  End mark{};  ///< Beside the target: the copy's digest, from before it gets its name on.
  End junk{};  ///< Beside the source: what it was, to be removed.
};
HiddenEnds hidden_ends(const Move& move) {
  const std::string stem = ".adjutant-" + move.id;
  return {.copy = {move.to.folder, temporary_name(move.id), move.to.path},
          .mark = {move.to.folder, stem + ".mark", move.to.path},
          .junk = {move.from.folder, stem + ".junk", move.from.path}};
}

bool rename_to_free_name(const End& from, const End& to) {
  if (::renameat2(from.folder, from.name.c_str(), to.folder, to.name.c_str(), RENAME_NOREPLACE) ==
      0) {
    return true;
  }
  if (errno != EINVAL) return false;
  if (is_there(to)) {  // a file system without that flag, or a folder into itself
    errno = EEXIST;
    return false;
  }
  return ::renameat(from.folder, from.name.c_str(), to.folder, to.name.c_str()) == 0;
}

void finish_rename(const End& from, const End& to, const Watch& watch) {
  if (watch.begun) watch.begun();
  between_steps();
  sync_folder(to.folder);
  if (from.folder != to.folder) sync_folder(from.folder);
}

/// At any moment the source or the target, or both, is whole under its name.
void relocate_by_copy(const Move& move, const Watch& watch) {
  const auto [copy, mark, junk] = hidden_ends(move);
  const std::string before = extent_of(move.from, watch.pause).digest;
  copy_tree(move.from, copy, watch.pause);
  sync_folder(copy.folder);
  between_steps();
  if (extent_of(move.from, watch.pause).digest != before) {
    throw mcp::ToolError("Nothing was changed: another program has changed " +
                         move.from.path.string() + " while it was copied. Try again.");
  }
  sync_file(make_file(mark, extent_of(copy, watch.pause).digest, S_IRUSR | S_IWUSR).get(),
            mark.path);
  sync_folder(mark.folder);
  between_steps();
  rename_durably(copy, move.to, watch);
  rename_durably(move.from, junk);
  remove_tree(mark);
  sync_folder(mark.folder);
  between_steps();
  remove_tree(junk);
  between_steps();
}

/// The copy has its name, and the source is still there: takes the copy back, unless somebody has
/// changed it since.
void unplace(const Move& move, const HiddenEnds& hidden) {
  if (!is_there(move.to) || extent_of(move.to).digest != bytes_of(hidden.mark)) return;
  rename_durably(move.to, hidden.copy);
}

void mend_one_way(const Move& move) {
  const HiddenEnds hidden = hidden_ends(move);
  const bool is_placed = is_there(hidden.mark) && !is_there(hidden.copy);
  if (is_placed && !is_there(hidden.junk)) unplace(move, hidden);
  remove_tree(hidden.mark);
  remove_tree(hidden.copy);
  remove_tree(hidden.junk);
}

}  // namespace

std::string temporary_name(const std::string& id) {
  return ".adjutant-" + id + ".tmp";
}

void rename_durably(const End& from, const End& to, const Watch& watch) {
  if (!rename_to_free_name(from, to)) {
    throw mcp::ToolError(system_error(errno, "rename", from.path, to.path));
  }
  finish_rename(from, to, watch);
}

/// Only the rename itself shows whether both are on one file system: one device may be mounted
/// twice, and layered ones do not rename their lower folders.
void relocate(const Move& move, const Watch& watch) {
  if (rename_to_free_name(move.from, move.to)) return finish_rename(move.from, move.to, watch);
  if (errno == EXDEV) return relocate_by_copy(move, watch);
  throw mcp::ToolError(system_error(errno, "rename", move.from.path, move.to.path));
}

void mend(const Move& move) {
  mend_one_way(move);
  mend_one_way({.from = move.to, .to = move.from, .id = move.id});
}

}  // namespace files
