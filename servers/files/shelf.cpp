#include "servers/files/shelf.hpp"

#include <fcntl.h>
#include <glib.h>

#include <cerrno>
#include <memory>

#include "protocol/mcp/handler.hpp"
#include "servers/common/folders.hpp"
#include "servers/files/errors.hpp"
#include "servers/files/trees.hpp"

namespace files {
namespace {

namespace fs = std::filesystem;
using transport::Descriptor;

Descriptor open_folder(const fs::path& folder) {
  return Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

/// As in a URI, but for the slashes.
std::string escaped(const std::string& path) {
  const std::unique_ptr<char, decltype(&g_free)> text(g_uri_escape_string(path.c_str(), "/", FALSE),
                                                      &g_free);
  return text.get();
}

}  // namespace

Descriptor Shelf::made(const fs::path& folder) const {
  common::make_private_folder(folder);
  Descriptor opened = open_folder(folder);
  if (opened.get() < 0) throw mcp::ToolError(system_error(errno, "open", folder));
  const Descriptor above = open_folder(folder.parent_path());
  if (above.get() >= 0) sync_folder(above.get());
  return opened;
}

Descriptor Shelf::kept(const std::string& id) const {
  return made(kept_path(id));
}

Descriptor Shelf::trash(const std::string& id) const {
  return made(folder_ / "trash" / id);
}

void Shelf::note_origin(const std::string& id, const fs::path& origin,
                        std::string_view deleted) const {
  const Descriptor folder = made(folder_ / "trash");
  const End info{folder.get(), id + ".trashinfo", folder_ / "trash" / id};
  remove_tree(info);  // of a try that a crash cut off
  const Descriptor file = make_file(info,
                                    "[Trash Info]\nPath=" + escaped(origin.string()) +
                                        "\nDeletionDate=" + std::string(deleted) + "\n",
                                    S_IRUSR | S_IWUSR);
  sync_file(file.get(), info.path);
  sync_folder(folder.get());
}

void Shelf::drop_from_trash(const std::string& id) const {
  const Descriptor folder = open_folder(folder_ / "trash");
  if (folder.get() < 0) return;
  const bool is_empty = ::unlinkat(folder.get(), id.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT;
  if (is_empty) ::unlinkat(folder.get(), (id + ".trashinfo").c_str(), 0);
}

void Shelf::drop_kept(const std::string& id) const {
  const Descriptor folder = open_folder(folder_ / "kept");
  if (folder.get() >= 0) remove_tree({folder.get(), id, kept_path(id)});
}

std::int64_t Shelf::kept_bytes(const std::string& id) const {
  const Descriptor folder = open_folder(folder_ / "kept");
  if (folder.get() < 0) return 0;
  const End end{folder.get(), id, kept_path(id)};
  return print_of(end).kind == Print::Kind::Nothing ? 0 : extent_of(end).bytes;
}

}  // namespace files
