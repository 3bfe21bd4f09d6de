#include "servers/files/paths.hpp"

#include <glib.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <memory>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "servers/common/containment.hpp"
#include "servers/files/errors.hpp"
#include "servers/files/folder.hpp"

namespace files {
namespace {

namespace fs = std::filesystem;

bool is_folder(const transport::Descriptor& file) {
  struct stat what {};
  return ::fstat(file.get(), &what) == 0 && S_ISDIR(what.st_mode);
}

/// "C:\x" would be the name of a file here, which is not what anybody means by it.
bool is_windows_path(std::string_view path) {
  return path.size() >= 2 && std::isalpha(static_cast<unsigned char>(path[0])) != 0 &&
         path[1] == ':' && (path.size() == 2 || path[2] == '/' || path[2] == '\\');
}

/// In Unicode's composed form; as it is, if it is no UTF-8.
std::string composed(const std::string& name) {
  const std::unique_ptr<char, decltype(&g_free)> form(
      g_utf8_normalize(name.data(), static_cast<gssize>(name.size()), G_NORMALIZE_NFC), &g_free);
  return form == nullptr ? name : form.get();
}

/// The names in the folder that are `wanted` (then that alone), or the same in another spelling.
std::vector<std::string> equivalents_in(const transport::Descriptor& folder,
                                        const std::string& wanted) {
  std::vector<std::string> found;
  for (const Entry& entry : entries_of(folder)) {
    if (entry.name == wanted) return {wanted};
    if (composed(entry.name) == composed(wanted)) found.push_back(entry.name);
  }
  return found;
}

Found found_in(Opening opening) {
  if (auto* refusal = std::get_if<Refusal>(&opening)) throw mcp::ToolError(refusal->words);
  return std::get<Found>(std::move(opening));
}

}  // namespace

bool Paths::is_folder(const Found& found) {
  return files::is_folder(found.file);
}

Found Paths::open_folder(const std::string& path) const {
  Found found = found_in(open(path, "scandir"));
  if (is_folder(found)) return found;
  throw mcp::ToolError(system_error(ENOTDIR, "scandir", found.path));
}

Found Paths::open_file(const std::string& path, std::string_view operation) const {
  return found_in(try_file(path, operation));
}

Found Paths::open_any(const std::string& path, std::string_view operation) const {
  return found_in(open(path, operation));
}

Opening Paths::try_file(const std::string& path, std::string_view operation) const {
  Opening opening = open(path, operation);
  const auto* found = std::get_if<Found>(&opening);
  if (found == nullptr || !is_folder(*found)) return opening;
  return Refusal{system_error(EISDIR, "read")};
}

Found Paths::find(const std::string& path, std::string_view operation) const {
  return found_in(look_for(path, operation));
}

Opening Paths::open(const std::string& path, std::string_view operation) const {
  Opening opening = look_for(path, operation);
  const auto* found = std::get_if<Found>(&opening);
  if (found == nullptr || found->file.get() >= 0) return opening;
  return Refusal{system_error(ENOENT, operation, found->path)};
}

Opening Paths::look_for(const std::string& path, std::string_view operation) const {
  if (is_windows_path(path)) {
    return Refusal{"Access denied - Windows-style path received on a POSIX host: " + path};
  }
  const fs::path absolute = roots_.absolute(path);
  if (!roots_.contains(absolute)) return outside("path outside allowed directories", absolute);
  if (roots_.is_hidden(absolute)) {
    return Refusal{"Access denied - Adjutant keeps its own data there: " + absolute.string()};
  }
  common::Opened opened = roots_.open(absolute);
  if (opened.outside) return outside("symlink target outside allowed directories", absolute);
  switch (opened.error) {
    case 0:
      return found_at(std::move(opened));
    case ENOENT:
      return look_for_equivalent(absolute);
    case ENOTSUP:
      return Refusal{"Access denied - neither a file nor a directory: " + absolute.string()};
    case EACCES:
      return Refusal{system_error(EACCES, operation, absolute)};
    default:  // found while the links in the path were resolved
      return Refusal{system_error(opened.error, "realpath", absolute)};
  }
}

Opening Paths::look_for_equivalent(const fs::path& absolute) const {
  const fs::path* folder = nullptr;
  for (const fs::path& name : roots_.folders()) {
    if (common::below(name, absolute) &&
        (folder == nullptr || name.native().size() > folder->native().size())) {
      folder = &name;
    }
  }
  common::Opened at = roots_.open(*folder);
  const fs::path rest = absolute.lexically_relative(*folder);
  for (auto part = rest.begin(); part != rest.end() && at.error == 0; ++part) {
    if (!files::is_folder(at.file)) return Refusal{system_error(ENOTDIR, "scandir", at.real)};
    const std::vector<std::string> names = equivalents_in(at.file, part->string());
    if (names.size() > 1) {
      return Refusal{"Ambiguous Unicode path component: " + part->string()};
    }
    if (names.empty()) {
      fs::path missing = at.real;
      for (; part != rest.end(); ++part) missing /= *part;
      return Found{.path = missing};
    }
    at = roots_.open(at.real / names.front());
    if (at.outside) return outside("symlink target outside allowed directories", absolute);
  }
  if (at.error != 0) {  // a link to nowhere
    return Refusal{"Parent directory does not exist: " + absolute.parent_path().string()};
  }
  return found_at(std::move(at));
}

Found Paths::found_at(common::Opened opened) const {
  return {.file = std::move(opened.file),
          .path = opened.real,
          .hidden = roots_.hidden_below(opened.real)};
}

Refusal Paths::outside(std::string_view what, const fs::path& path) const {
  std::string allowed;
  for (const fs::path& folder : roots_.folders()) {
    allowed += (allowed.empty() ? "" : ", ") + folder.string();
  }
  return {"Access denied - " + std::string(what) + ": " + path.string() + " not in " + allowed};
}

}  // namespace files
