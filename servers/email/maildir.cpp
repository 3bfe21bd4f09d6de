#include "servers/email/maildir.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <map>
#include <memory>
#include <system_error>
#include <utility>

#include "protocol/mcp/handler.hpp"
#include "servers/common/containment.hpp"
#include "servers/common/roots.hpp"

namespace email {
namespace {

using transport::Descriptor;

constexpr int kDepthMax = 8;
constexpr std::size_t kFoldersMax = 2000;
constexpr mode_t kPrivate = S_IRWXU;

std::string below(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

std::string path_of(const MailFile& file) {
  return below(file.folder, file.is_new ? "new/" : "cur/") + file.name;
}

/// Links are never followed: what is beneath the Maildir stays beneath it.
Descriptor open_plain(int folder, const std::string& path, int flags) {
  return Descriptor(
      common::open_beneath(folder, path.empty() ? "." : path, flags, RESOLVE_NO_SYMLINKS));
}

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};

/// Calls `take(name, type)` for every entry; nothing to do where the folder cannot be read.
template <class Take>
void each_entry(Descriptor folder, Take take) {
  if (folder.get() < 0) return;
  const int copy = ::fcntl(folder.get(), F_DUPFD_CLOEXEC, 0);
  const std::unique_ptr<DIR, CloseDir> dir(copy < 0 ? nullptr : ::fdopendir(copy));
  if (!dir) return;
  while (const dirent* entry = ::readdir(dir.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && is_sane_name(name)) take(std::string(name), entry->d_type);
  }
}

std::optional<std::int64_t> modified_ns(int root, const std::string& path) {
  struct stat what {};
  const Descriptor folder = open_plain(root, path, O_PATH | O_DIRECTORY);
  if (folder.get() < 0 || ::fstat(folder.get(), &what) != 0) return std::nullopt;
  constexpr std::int64_t kSecond = 1'000'000'000;
  return what.st_mtim.tv_sec * kSecond + what.st_mtim.tv_nsec;
}

[[noreturn]] void refuse(const std::string& what, int error) {
  throw mcp::ToolError(what + ": " + std::generic_category().message(error));
}

void make_durable(const Descriptor& folder) {
  if (::fsync(folder.get()) != 0 && errno != EINVAL)
    throw std::system_error(errno, std::generic_category(), "syncing a mail folder");
}

}  // namespace

Maildir::Maildir(const std::filesystem::path& root)
    : root_(root), folder_(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}

void Maildir::check() const {
  if (!folders().empty()) return;
  throw mcp::ToolError("There is no Maildir at " + root_.string() +
                       ": neither it nor a folder in it has the folders cur and new. Start the "
                       "server with --mail and the path of one.");
}

Descriptor Maildir::open_folder(const std::string& path) const {
  return open_plain(folder_.get(), path, O_RDONLY | O_DIRECTORY);
}

void Maildir::collect(const std::string& path, int depth, std::vector<MailFolder>& out) const {
  std::vector<std::string> below_it;
  bool has_cur = false;
  bool has_new = false;
  each_entry(open_folder(path), [&](const std::string& name, unsigned char type) {
    if (type != DT_DIR && type != DT_UNKNOWN) return;
    if (name == "cur") has_cur = true;
    if (name == "new") has_new = true;
    if (name != "cur" && name != "new" && name != "tmp") below_it.push_back(name);
  });
  if (has_cur && has_new && out.size() < kFoldersMax) {
    const std::string name = folder_name(path);
    out.push_back(
        {.path = path, .name = name, .role = path.empty() ? MailRole::Inbox : role_of(name)});
  }
  const bool flat = path.starts_with('.');  // Maildir++ has no folders within folders
  if (depth >= kDepthMax || flat || out.size() >= kFoldersMax) return;
  for (const std::string& name : below_it) collect(below(path, name), depth + 1, out);
}

std::vector<MailFolder> Maildir::folders() const {
  std::vector<MailFolder> out;
  collect("", 0, out);
  const bool root_is_inbox = !out.empty() && out.front().path.empty();
  for (MailFolder& folder : out)
    if (root_is_inbox && !folder.path.empty() && folder.role == MailRole::Inbox)
      folder.role = MailRole::None;
  std::ranges::sort(out, {}, [](const MailFolder& folder) {
    return std::pair(folder.role != MailRole::Inbox, folder.name);
  });
  return out;
}

std::optional<MailFolder> Maildir::find_role(MailRole role) const {
  for (MailFolder& folder : folders())
    if (folder.role == role) return std::move(folder);
  return std::nullopt;
}

std::optional<FolderStamp> Maildir::stamp(const std::string& folder) const {
  const std::optional<std::int64_t> new_ns = modified_ns(folder_.get(), below(folder, "new"));
  const std::optional<std::int64_t> cur_ns = modified_ns(folder_.get(), below(folder, "cur"));
  if (!new_ns || !cur_ns) return std::nullopt;
  return FolderStamp{.new_ns = *new_ns, .cur_ns = *cur_ns};
}

std::vector<MailFile> Maildir::files(const std::string& folder) const {
  std::map<std::string, MailFile> by_unique;
  for (const bool is_new : {true, false}) {
    each_entry(open_folder(below(folder, is_new ? "new" : "cur")),
               [&](const std::string& name, unsigned char type) {
                 if (name.starts_with('.') || (type != DT_REG && type != DT_UNKNOWN)) return;
                 by_unique[std::string(unique_part(name))] = {
                     .folder = folder, .is_new = is_new, .name = name};
               });
  }
  std::vector<MailFile> out;
  out.reserve(by_unique.size());
  for (auto& [unique, file] : by_unique) out.push_back(std::move(file));
  return out;
}

std::optional<MailFile> Maildir::find(const MailFile& file) const {
  if (open_plain(folder_.get(), path_of(file), O_PATH).get() >= 0) return file;
  for (MailFile& other : files(file.folder))
    if (unique_part(other.name) == unique_part(file.name)) return std::move(other);
  return std::nullopt;
}

std::optional<MailFile> Maildir::find_anywhere(const MailFile& file) const {
  if (std::optional<MailFile> found = find(file)) return found;
  for (const MailFolder& folder : folders()) {
    if (folder.path == file.folder) continue;
    const MailFile there{.folder = folder.path, .is_new = file.is_new, .name = file.name};
    if (std::optional<MailFile> found = find(there)) return found;
  }
  return std::nullopt;
}

std::optional<std::string> Maildir::read(const MailFile& file, std::size_t max_bytes) const {
  for (int attempt = 0; attempt < 2; ++attempt) {
    // Another program may rename the file between finding and opening it.
    const std::optional<MailFile> found = attempt == 0 ? file : find(file);
    if (!found) return std::nullopt;
    const Descriptor opened =
        open_plain(folder_.get(), path_of(*found), O_RDONLY | O_NONBLOCK | O_NOCTTY);
    struct stat what {};
    if (opened.get() < 0 || ::fstat(opened.get(), &what) != 0) continue;
    if (!S_ISREG(what.st_mode)) return std::nullopt;
    std::string bytes = common::read_all(opened, max_bytes);
    if (bytes.size() > max_bytes) bytes.resize(max_bytes);
    return bytes;
  }
  return std::nullopt;
}

void Maildir::rename(const MailFile& from, const MailFile& to) const {
  if (from == to) return;
  const Descriptor source = open_folder(below(from.folder, from.is_new ? "new" : "cur"));
  const Descriptor target = open_folder(below(to.folder, to.is_new ? "new" : "cur"));
  const std::string what = "The message " + path_of(from) + " cannot become " + path_of(to);
  if (source.get() < 0 || target.get() < 0) refuse(what, errno);
  const bool renamed = ::renameat2(source.get(), from.name.c_str(), target.get(), to.name.c_str(),
                                   RENAME_NOREPLACE) == 0;
  if (!renamed && errno != EINVAL) refuse(what, errno);
  // A file system without that flag: a link refuses to replace as well.
  if (!renamed &&
      (::linkat(source.get(), from.name.c_str(), target.get(), to.name.c_str(), 0) != 0 ||
       ::unlinkat(source.get(), from.name.c_str(), 0) != 0))
    refuse(what, errno);
  make_durable(target);
  make_durable(source);
}

std::string Maildir::path_for(MailRole role) const {
  constexpr std::array<std::string_view, 7> kNames{"",        "INBOX", "Drafts", "Sent",
                                                   "Archive", "Junk",  "Trash"};
  const std::string name(kNames.at(static_cast<std::size_t>(role)));
  const std::vector<MailFolder> all = folders();
  const auto among = [&](const auto& has) {
    return std::ranges::any_of(all, [&](const MailFolder& folder) { return has(folder.path); });
  };
  if (among([](const std::string& path) { return path.starts_with(".INBOX."); }))
    return ".INBOX." + name;
  const bool nested =
      among([](const std::string& path) { return !path.empty() && !path.starts_with('.'); });
  return nested ? name : "." + name;
}

void Maildir::make_folder(const std::string& path) const {
  for (const std::string& part :
       {path, below(path, "tmp"), below(path, "new"), below(path, "cur")}) {
    if (::mkdirat(folder_.get(), part.c_str(), kPrivate) != 0 && errno != EEXIST)
      refuse("The mail folder " + part + " cannot be made", errno);
  }
  if (open_folder(below(path, "cur")).get() < 0)
    refuse("The mail folder " + path + " cannot be used", errno);
  make_durable(folder_);
}

void Maildir::remove_folder(const std::string& path) const {
  if (!files(path).empty()) return;
  for (const std::string& part :
       {below(path, "cur"), below(path, "new"), below(path, "tmp"), path}) {
    if (::unlinkat(folder_.get(), part.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) return;
  }
  make_durable(folder_);
}

}  // namespace email
