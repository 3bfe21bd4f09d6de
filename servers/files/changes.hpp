#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "servers/common/journal.hpp"
#include "servers/common/run.hpp"
#include "servers/files/paths.hpp"
#include "servers/files/step.hpp"
#include "servers/files/step_run.hpp"

namespace files {

/// A file that was read and is to get other contents.
struct Rewrite {
  std::filesystem::path path{};  ///< Without links.
  Print before{};                ///< What was read; it must still be that.
  std::string content{};
};

struct FromTo {
  std::string source{};
  std::string destination{};
  bool dry_run{};
};

/// What was copied or deleted, or would be.
struct Amount {
  std::filesystem::path path{};  ///< Where the copy lies.
  std::int64_t files{};          ///< Folders not counted.
  std::int64_t bytes{};
};

/// Everything that this server changes. Each call is one change: it happens whole or not at all, is
/// in the journal, and can be taken back. Path arguments are read as Paths reads them; all throw
/// mcp::ToolError where something is in the way, and then nothing has changed. Belongs to one
/// worker.
class Changes final {
 public:
  /// All that `around` names outlives it. What a crash cut off is settled now, if there is a
  /// journal (and the server may write); else that is made with the first change.
  Changes(const common::Surroundings& around, const Paths& paths);
  ~Changes();
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;

  void write(const std::string& path, std::string content, mcp::Call& call);
  void rewrite(Rewrite rewrite, mcp::Call& call);
  /// With what is missing above it; one that exists is no change.
  void make_folder(const std::string& path, mcp::Call& call);
  void move(const FromTo& what, mcp::Call& call);
  Amount copy(const FromTo& what, mcp::Call& call);
  /// Into the trash. Links themselves go, not what they lead to.
  Amount remove(const std::vector<std::string>& paths, bool dry_run, mcp::Call& call);

  common::UndoResult undo(const common::UndoArgs& args, mcp::Call& call);

 private:
  struct Journaled;
  struct Planned;
  class Serving;

  Journaled& journaled();
  void perform(const Planned& planned, mcp::Call& call);
  void refuse_own(const std::filesystem::path& path) const;
  Held hold_to_change(const std::filesystem::path& path, std::string_view operation) const;
  Held entry(const std::string& path, const std::string& pointer) const;

  const common::Roots& roots_;
  const common::Times& times_;
  const Paths& paths_;
  std::filesystem::path folder_;  ///< The server's own.
  std::unique_ptr<Journaled> journaled_;
};

}  // namespace files
