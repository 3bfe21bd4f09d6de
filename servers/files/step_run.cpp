#include "servers/files/step_run.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "protocol/mcp/handler.hpp"
#include "servers/files/errors.hpp"

namespace files {
namespace {

namespace fs = std::filesystem;

std::string refusal(int error, std::string_view operation, const fs::path& path) {
  switch (error) {
    case EXDEV:
      return "Access denied - path outside allowed directories: " + path.string();
    case EBUSY:
      return "Access denied - one of the allowed directories itself: " + path.string();
    case ELOOP:
      return "Access denied - a link has been put into the way of " + path.string();
    case ENOTSUP:
      return "Access denied - neither a file nor a directory: " + path.parent_path().string();
    default:
      return system_error(error, operation, path);
  }
}

Held held_in(common::Spot spot, const fs::path& path) {
  Held held{.folder = std::move(spot.folder)};
  held.end = {.folder = held.folder.get(), .name = std::move(spot.name), .path = path};
  return held;
}

}  // namespace

Held hold(const common::Roots& roots, const fs::path& path, std::string_view operation) {
  common::Spot spot = roots.open_spot(path);
  if (spot.error != 0) throw mcp::ToolError(refusal(spot.error, operation, path));
  return held_in(std::move(spot), path);
}

StepRun::StepRun(const Step& step, common::Direction way, const Around& around)
    : step_(step), way_(way), around_(around) {
  using enum Step::Kind;
  if (step.kind == Write || step.kind == Copy) kept_ = around.shelf.kept(step.id);
  if (step.kind == Write || step.kind == Move || step.kind == Trash) path_ = held(step.path);
  if (step.kind == MakeFolders || step.kind == Move || step.kind == Copy) {
    target_ = held(step.target);
  }
  if (step.kind == Trash) {
    target_ = {.folder = around.shelf.trash(step.id)};
    target_->end = {target_->folder.get(), step.path.filename().string(), step.path};
  }
  if (path_) path_folder_was_ns_ = modified_ns(path_->folder.get());
  if (target_) target_folder_was_ns_ = modified_ns(target_->folder.get());
}

std::optional<Held> StepRun::held(const fs::path& at) {
  common::Spot spot = around_.roots.open_spot(at);
  if (spot.error == ENOENT || spot.error == ENOTDIR) {
    missing_ = at;
    return std::nullopt;
  }
  if (spot.error != 0) throw mcp::ToolError(refusal(spot.error, "open", at));
  return held_in(std::move(spot), at);
}

/// The renaming that it comes to; of what was made, onto the shelf and back.
Move StepRun::move() const {
  using enum Step::Kind;
  End from = step_.kind == Write || step_.kind == Copy ? kept("after") : path_->end;
  End to = step_.kind == Write ? path_->end : target_->end;
  if (!forth()) std::swap(from, to);
  return {.from = std::move(from), .to = std::move(to), .id = step_.id};
}

void StepRun::tidy() {
  if (!missing_.empty() || step_.kind == Step::Kind::MakeFolders) return;
  mend(move());
}

Verdict StepRun::look() const {
  if (!missing_.empty()) {
    return {.problem = "the folder of " + missing_.string() + " is not there any more"};
  }
  switch (step_.kind) {
    case Step::Kind::Write:
      return look_at_contents();
    case Step::Kind::MakeFolders:
      return look_at_folders();
    case Step::Kind::Copy:
      return look_at_copy();
    default:
      return look_at_move();
  }
}

std::string StepRun::changed_since(const End& end) const {
  struct stat what {};
  if (::fstatat(end.folder, end.name.c_str(), &what, AT_SYMLINK_NOFOLLOW) != 0) {
    return "another program has moved or deleted " + end.path.string() + " since";
  }
  const common::Time at =
      around_.times.zone().at(std::chrono::sys_seconds(std::chrono::seconds(what.st_mtim.tv_sec)));
  return "another program has changed " + end.path.string() + " since; it was last modified at " +
         common::Times::spoken(at);
}

Verdict StepRun::look_at_contents() const {
  const Print now = print_of(path_->end);
  if (same(forth() ? step_.after : step_.before, now)) return {};
  if (same(forth() ? step_.before : step_.after, now)) return {.is_due = true};
  return {.problem = changed_since(path_->end)};
}

Verdict StepRun::look_at_move() const {
  const Move move = this->move();
  const Print from = print_of(move.from);
  const Print to = print_of(move.to);
  if (from.kind == Print::Kind::Nothing && same(step_.before, to)) return {};
  if (from.kind == Print::Kind::Nothing && step_.kind == Step::Kind::Trash && !forth()) {
    return {.problem = step_.path.string() + " is not in the trash any more"};
  }
  if (to.kind != Print::Kind::Nothing) {
    return {.problem = "another program has put something else at " + move.to.path.string()};
  }
  if (!same(step_.before, from)) return {.problem = changed_since(move.from)};
  return {.is_due = true};
}

void StepRun::take() {
  using enum Step::Kind;
  switch (step_.kind) {
    case Write:
      take_contents();
      break;
    case MakeFolders:
      forth() ? make_folders() : remove_folders();
      break;
    case Copy:
      copy();
      break;
    case Trash:
      if (forth()) {
        around_.shelf.note_origin(step_.id, step_.path,
                                  to_string(around_.times.now()).substr(0, 19));
      }
      [[fallthrough]];
    case Move:
      relocate(move(), around_.watch);
  }
  restore_times();
}

/// Of the folders around: as the step says, unless somebody else has modified them since.
void StepRun::restore_times() const {
  const auto restore = [&](const std::optional<Held>& held, std::optional<std::int64_t> before_ns,
                           std::int64_t was_ns) {
    if (!held || !before_ns) return;
    if (!same_time(forth() ? *before_ns : step_.stamp_ns, was_ns)) return;
    set_modified(held->folder.get(), forth() ? step_.stamp_ns : *before_ns);
  };
  restore(path_, step_.path_folder_ns, path_folder_was_ns_);
  restore(target_, step_.target_folder_ns, target_folder_was_ns_);
}

}  // namespace files
