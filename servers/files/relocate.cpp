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

std::string hidden_name(const std::string& id, std::string_view ending) {
  return ".adjutant-" + id + std::string(ending);
}

/// Set aside under this name, the source still is what it was; under the next it may be incomplete.
std::string gone_name(const std::string& id) {
  return hidden_name(id, ".gone");
}
std::string junk_name(const std::string& id) {
  return hidden_name(id, ".junk");
}

struct HiddenEnds {
  End copy{};
  End gone{};
  End junk{};
};
HiddenEnds hidden_ends(const Move& move) {
  return {.copy = {move.to.folder, temporary_name(move.id), move.to.path},
          .gone = {move.from.folder, gone_name(move.id), move.from.path},
          .junk = {move.from.folder, junk_name(move.id), move.from.path}};
}

bool is_there(const End& end) {
  return ::faccessat(end.folder, end.name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
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

void relocate_by_copy(const Move& move, const Watch& watch) {
  const auto [copy, gone, junk] = hidden_ends(move);
  const std::string before = extent_of(move.from, watch.pause).digest;
  copy_tree(move.from, copy, watch.pause);
  sync_folder(copy.folder);
  between_steps();
  if (extent_of(move.from, watch.pause).digest != before) {
    throw mcp::ToolError("Nothing was changed: " + move.from.path.string() +
                         " was changed by another program while it was copied. Try again.");
  }
  rename_durably(move.from, gone, watch);
  rename_durably(copy, move.to);
  rename_durably(gone, junk);
  remove_tree(junk);
  between_steps();
}

void mend_one_way(const Move& move) {
  const auto [copy, gone, junk] = hidden_ends(move);
  if (is_there(gone)) {
    // The copy got its name just before `gone` loses its own.
    rename_durably(gone, is_there(copy) ? move.from : junk);
  }
  remove_tree(copy);
  remove_tree(junk);
}

}  // namespace

std::string temporary_name(const std::string& id) {
  return hidden_name(id, ".tmp");
}

void rename_durably(const End& from, const End& to, const Watch& watch) {
  if (!rename_to_free_name(from, to)) {
    throw mcp::ToolError(system_error(errno, "rename", from.path, to.path));
  }
  if (watch.begun) watch.begun();
  between_steps();
  sync_folder(to.folder);
  if (from.folder != to.folder) sync_folder(from.folder);
}

void relocate(const Move& move, const Watch& watch) {
  struct stat from {};
  struct stat to {};
  const bool on_one_device = ::fstat(move.from.folder, &from) == 0 &&
                             ::fstat(move.to.folder, &to) == 0 && from.st_dev == to.st_dev;
  return on_one_device ? rename_durably(move.from, move.to, watch) : relocate_by_copy(move, watch);
}

void mend(const Move& move) {
  mend_one_way(move);
  mend_one_way({.from = move.to, .to = move.from, .id = move.id});
}

}  // namespace files
