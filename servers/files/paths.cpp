#include "servers/files/paths.hpp"

#include <glib.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <memory>
#include <optional>
#include <vector>

#include "protocol/mcp/handler.hpp"
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

/// The name in the folder that is `wanted`, or is the same in another spelling, or nothing.
std::optional<std::string> equivalent_in(const transport::Descriptor& folder,
                                         const std::string& wanted) {
  std::vector<std::string> found;
  for (const Entry& entry : entries_of(folder)) {
    if (entry.name == wanted) return wanted;
    if (composed(entry.name) == composed(wanted)) found.push_back(entry.name);
  }
  if (found.size() > 1) throw mcp::ToolError("Ambiguous Unicode path component: " + wanted);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

}  // namespace

Found Paths::open_folder(const std::string& path) const {
  Found found = open(path, "scandir");
  if (is_folder(found.file)) return found;
  throw mcp::ToolError(system_error(ENOTDIR, "scandir", found.path));
}

Found Paths::open_file(const std::string& path, std::string_view operation) const {
  Found found = open(path, operation);
  if (!is_folder(found.file)) return found;
  throw mcp::ToolError(system_error(EISDIR, "read"));
}

Found Paths::open(const std::string& path, std::string_view operation) const {
  Found found = find(path, operation);
  if (found.file.get() >= 0) return found;
  throw mcp::ToolError(system_error(ENOENT, operation, found.path));
}

Found Paths::find(const std::string& path, std::string_view operation) const {
  if (is_windows_path(path)) {
    throw mcp::ToolError("Access denied - Windows-style path received on a POSIX host: " + path);
  }
  const fs::path absolute = roots_.absolute(path);
  if (!roots_.contains(absolute)) {
    refuse_outside("path outside allowed directories", absolute);
  }
  common::Opened opened = roots_.open(absolute);
  if (opened.outside) refuse_outside("symlink target outside allowed directories", opened.real);
  switch (opened.error) {
    case 0:
      return {.file = std::move(opened.file), .path = opened.real};
    case ENOENT:
      return find_equivalent(absolute);
    case ENOTSUP:
      throw mcp::ToolError("Access denied - neither a file nor a directory: " + absolute.string());
    case EACCES:
      throw mcp::ToolError(system_error(EACCES, operation, absolute));
    default:  // found while the links in the path were resolved
      throw mcp::ToolError(system_error(opened.error, "realpath", absolute));
  }
}

Found Paths::find_equivalent(const fs::path& absolute) const {
  const fs::path* folder = nullptr;
  for (const fs::path& name : roots_.folders()) {
    const bool above = !absolute.lexically_relative(name).string().starts_with("..");
    if (above && (folder == nullptr || name.native().size() > folder->native().size())) {
      folder = &name;
    }
  }
  common::Opened at = roots_.open(*folder);
  const fs::path rest = absolute.lexically_relative(*folder);
  for (auto part = rest.begin(); part != rest.end() && at.error == 0; ++part) {
    if (!is_folder(at.file)) throw mcp::ToolError(system_error(ENOTDIR, "scandir", at.real));
    const std::optional<std::string> name = equivalent_in(at.file, part->string());
    if (!name) {
      fs::path missing = at.real;
      for (; part != rest.end(); ++part) missing /= *part;
      return {.path = missing};
    }
    at = roots_.open(at.real / *name);
    if (at.outside) refuse_outside("symlink target outside allowed directories", at.real);
  }
  if (at.error != 0) {  // a link to nowhere
    throw mcp::ToolError("Parent directory does not exist: " + absolute.parent_path().string());
  }
  return {.file = std::move(at.file), .path = at.real};
}

void Paths::refuse_outside(std::string_view what, const fs::path& path) const {
  std::string allowed;
  for (const fs::path& folder : roots_.folders()) {
    allowed += (allowed.empty() ? "" : ", ") + folder.string();
  }
  throw mcp::ToolError("Access denied - " + std::string(what) + ": " + path.string() + " not in " +
                       allowed);
}

}  // namespace files
