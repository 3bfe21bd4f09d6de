#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "servers/common/journal.hpp"
#include "servers/common/roots.hpp"
#include "servers/common/times.hpp"
#include "servers/files/shelf.hpp"
#include "servers/files/step.hpp"
#include "servers/files/trees.hpp"

namespace files {

/// Performs the steps of changes in the folders, and takes them back: what was there, with its
/// permissions and times, and the times of the folders around it. Whatever a step would overwrite
/// or remove is durable on the shelf before, so that after a crash everything is as it was before
/// the step or as after it, and a later start can go back. Belongs to one worker.
class FileEffects final : public common::Outside {
 public:
  /// All outlive it. `shelf` is by value.
  FileEffects(const common::Roots& roots, const common::Times& times, Shelf shelf)
      : roots_(roots), times_(times), shelf_(std::move(shelf)) {}

  /// Until then (while changes that a crash cut off are settled at the start) something that others
  /// changed meanwhile is left as it is, and so is what the shelf has of it; from then on it is
  /// refused, and named.
  void refuse_strangers() { strict_ = true; }

  /// What the step of this id writes, the first time; may be dropped once the change is done.
  void supply(const std::string& id, std::string content) { contents_[id] = std::move(content); }
  void drop_supplies() { contents_.clear(); }
  /// Asked while much is copied; throws to stop. Empty: never.
  void set_pause(Pause pause) { pause_ = std::move(pause); }

  void apply(std::string_view effect) override;
  void revert(std::string_view effect) override;
  void forget(std::string_view effect) override;
  void check(std::string_view effect, common::Direction way) const override;
  bool stands_on(const std::vector<std::string>& later,
                 const std::vector<std::string>& earlier) const override;
  std::int64_t kept_bytes(std::string_view effect) const override;

 private:
  void take(std::string_view effect, common::Direction way);

  const common::Roots& roots_;
  const common::Times& times_;
  Shelf shelf_;
  bool strict_{};
  std::map<std::string, std::string> contents_{};
  Pause pause_{};
  std::set<std::string> left_{};  ///< Steps whose images are all that is left of what was there.
  std::string untouched_{};       ///< The last effect that was refused before anything was done.
};

}  // namespace files
