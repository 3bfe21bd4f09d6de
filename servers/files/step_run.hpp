#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/transport/descriptor.hpp"
#include "servers/common/intents.hpp"
#include "servers/common/roots.hpp"
#include "servers/common/times.hpp"
#include "servers/files/relocate.hpp"
#include "servers/files/shelf.hpp"
#include "servers/files/step.hpp"

namespace files {

/// A folder that is open, and a name in it.
struct Held {
  transport::Descriptor folder{};
  End end{};
};

/// Opens the folder that holds `path`, which is absolute and free of links. Where that is not to be
/// written, or not there, throws mcp::ToolError in Node's words for `operation`.
Held hold(const common::Roots& roots, const std::filesystem::path& path,
          std::string_view operation);

/// What a step works with; all outlive it.
struct Around {
  const common::Roots& roots;
  const common::Times& times;
  const Shelf& shelf;
  const std::string* content{};  ///< Of a Write that is done for the first time.
  Watch watch{};
};

/// What is to be done about a step, as things are.
struct Verdict {
  bool is_due{};          ///< False: it is done already, or was never begun.
  std::string problem{};  ///< Somebody else's change is in the way, in words for people.
};

/// One step in one direction: look() changes nothing; tidy() takes away what an attempt left half
/// done; take() does what is due. Throws mcp::ToolError where the system refuses.
class StepRun final {
 public:
  StepRun(const Step& step, common::Direction way, const Around& around);

  void tidy();
  Verdict look() const;
  void take();

 private:
  bool forth() const { return way_ == common::Direction::Apply; }
  std::optional<Held> held(const std::filesystem::path& at);
  End kept(const std::string& name) const {
    return {kept_.get(), name, around_.shelf.kept_path(step_.id) / name};
  }
  Move move() const;
  std::vector<std::string> names() const;

  Verdict look_at_contents() const;
  Verdict look_at_folders() const;
  Verdict look_at_move() const;
  Verdict look_at_copy() const;
  void take_contents() const;
  void write(const End& temporary) const;
  void keep(const End& end) const;
  void make_folders() const;
  void remove_folders() const;
  void copy() const;
  void restore_times() const;
  std::string changed_since(const End& end) const;

  const Step& step_;
  common::Direction way_;
  const Around& around_;
  std::filesystem::path missing_{};  ///< A folder of it does not exist: the path in it.
  std::optional<Held> path_{};
  std::optional<Held> target_{};
  transport::Descriptor kept_{};
  std::int64_t path_folder_was_ns_{};
  std::int64_t target_folder_was_ns_{};
};

}  // namespace files
