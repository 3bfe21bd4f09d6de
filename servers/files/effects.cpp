#include "servers/files/effects.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "protocol/mcp/handler.hpp"
#include "servers/files/step_run.hpp"

namespace files {

void FileEffects::apply(std::string_view effect) {
  take(effect, common::Direction::Apply);
}

void FileEffects::revert(std::string_view effect) {
  take(effect, common::Direction::Revert);
}

void FileEffects::take(std::string_view effect, common::Direction way) {
  const Step step = step_from(effect);
  const auto content = contents_.find(step.id);
  const Around around{.roots = roots_,
                      .times = times_,
                      .shelf = shelf_,
                      .content = content == contents_.end() ? nullptr : &content->second,
                      .watch = {.pause = pause_, .begun = [&] { untouched_.clear(); }}};
  // After a refusal the journal takes back what was begun, this step included, of which there is
  // nothing: whatever is there is somebody else's.
  const bool was_refused = untouched_ == effect;
  untouched_ = effect;
  StepRun run(step, way, around);
  run.tidy();
  const Verdict verdict = was_refused ? Verdict() : run.look();
  if (verdict.problem.empty()) {
    if (verdict.is_due) run.take();
  } else if (strict_) {
    throw mcp::ToolError("Nothing was changed: " + verdict.problem);
  } else {
    left_.insert(step.id);
    spdlog::warn(
        "a change that was cut off is left as it is: {}. What was there before it is in {}.",
        verdict.problem, shelf_.kept_path(step.id).string());
  }
  if (step.kind == Step::Kind::Trash && way == common::Direction::Revert) {
    shelf_.drop_from_trash(step.id);
  }
  untouched_.clear();
}

void FileEffects::check(std::string_view effect, common::Direction way) const {
  const Step step = step_from(effect);
  const Around around{.roots = roots_, .times = times_, .shelf = shelf_};
  const Verdict verdict = StepRun(step, way, around).look();
  if (!verdict.problem.empty()) {
    throw mcp::ToolError("Nothing was changed: " + verdict.problem);
  }
}

void FileEffects::forget(std::string_view effect) {
  const std::string id = step_from(effect).id;
  if (!left_.contains(id)) shelf_.drop_kept(id);
}

bool FileEffects::stands_on(const std::vector<std::string>& later,
                            const std::vector<std::string>& earlier) const {
  return std::ranges::any_of(later, [&](const std::string& one) {
    return std::ranges::any_of(earlier, [&](const std::string& other) {
      return overlap(step_from(one), step_from(other));
    });
  });
}

std::int64_t FileEffects::kept_bytes(std::string_view effect) const {
  return shelf_.kept_bytes(step_from(effect).id);
}

}  // namespace files
