#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/transport/descriptor.hpp"
#include "servers/email/maildir_names.hpp"

namespace email {

struct MailFolder {
  std::string path;  ///< Beneath the Maildir: "" (the Maildir itself), ".Archive", "work/2024".
  std::string name;  ///< As people call it.
  MailRole role{};
  friend bool operator==(const MailFolder&, const MailFolder&) = default;
};

/// Where the file of one message lies.
struct MailFile {
  std::string folder;  ///< MailFolder::path
  bool is_new{};       ///< In new/, else in cur/.
  std::string name;
  friend bool operator==(const MailFile&, const MailFile&) = default;
};

/// Changes whenever a file came, went or was renamed in the folder.
struct FolderStamp {
  std::int64_t new_ns{};
  std::int64_t cur_ns{};
  friend bool operator==(const FolderStamp&, const FolderStamp&) = default;
};

/// The files of a Maildir, in the layout Maildir++ (".Folder.Sub") or as nested folders. Nothing
/// outside the folder given is ever reached: no link beneath it is followed. Reading changes
/// nothing, not even new/ into cur/. Others may rename and move files at any time, so every method
/// that takes a MailFile also finds it under other flags, or in cur/ instead of new/.
class Maildir final {
 public:
  explicit Maildir(const std::filesystem::path& root);

  /// Throws mcp::ToolError if there is no Maildir at `root`, saying what was looked for. Without
  /// one, nothing is found by the other methods.
  void check() const;

  const std::filesystem::path& root() const { return root_; }

  /// All folders, the inbox first, then by name.
  std::vector<MailFolder> folders() const;
  /// The folder that has the role, if there is one.
  std::optional<MailFolder> find_role(MailRole role) const;
  /// Nothing where the folder is gone.
  std::optional<FolderStamp> stamp(const std::string& folder) const;
  /// The messages in a folder, in no order. Of a file that stands in new/ and cur/ (somebody is
  /// moving it) only the one in cur/.
  std::vector<MailFile> files(const std::string& folder) const;

  /// The file as it is now called, in the same folder; nothing if it is gone from there.
  std::optional<MailFile> find(const MailFile& file) const;
  /// The same in any folder.
  std::optional<MailFile> find_anywhere(const MailFile& file) const;
  /// The first `max_bytes` of the message; nothing if it is gone.
  std::optional<std::string> read(const MailFile& file, std::size_t max_bytes) const;

  /// Renames a file, durable once it returns; never over another one. `from` exists. Throws
  /// mcp::ToolError, having done nothing, where that cannot be.
  void rename(const MailFile& from, const MailFile& to) const;

  /// Where the folder for a role would be made: beside the others, in their layout.
  std::string path_for(MailRole role) const;
  void make_folder(const std::string& path) const;
  /// Removes the folder if no message is in it.
  void remove_folder(const std::string& path) const;

 private:
  void collect(const std::string& path, int depth, std::vector<MailFolder>& out) const;
  transport::Descriptor open_folder(const std::string& path) const;

  std::filesystem::path root_;
  transport::Descriptor folder_;
};

}  // namespace email
