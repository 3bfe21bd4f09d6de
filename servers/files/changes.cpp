#include "servers/files/changes.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <map>
#include <string_view>

#include "servers/common/database.hpp"
#include "servers/common/journal_schema.hpp"
#include "servers/files/effects.hpp"
#include "servers/files/errors.hpp"

namespace files {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 1> kMigrations{common::kJournalSchema};
constexpr const char* kDatabase = "files.db";

std::int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

bool is_open_folder(const transport::Descriptor& file) {
  struct stat what {};
  return ::fstat(file.get(), &what) == 0 && S_ISDIR(what.st_mode);
}

bool is_there(const Found& found) {
  return found.file.get() >= 0;
}

std::string counted(std::int64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

Step new_step(Step::Kind kind, const fs::path& path) {
  return {.kind = kind, .id = new_id(), .path = path, .stamp_ns = now_ns()};
}

}  // namespace

struct Changes::Journaled {
  Journaled(const common::Roots& roots, const common::Times& times, const fs::path& folder)
      : effects(roots, times, Shelf(folder)),
        database({.name = "files", .file = folder / kDatabase, .migrations = kMigrations}, times) {
    database.attach(effects);
    effects.refuse_strangers();
  }
  FileEffects effects;
  common::Database database;
  common::Journal journal{database};
};

struct Changes::Planned {
  std::vector<Step> steps{};
  std::string summary{};
  bool dry_run{};
};

/// While it lives, what takes long stops (once: taking back must not) when the client has taken the
/// call back.
class Changes::Serving final {
 public:
  Serving(FileEffects& effects, const mcp::Call& call) : effects_(effects) {
    effects_.set_pause([this, &call] {
      if (stopped_ || !call.cancelled()) return;
      stopped_ = true;
      throw mcp::ToolError("Nothing was changed: the call was taken back");
    });
  }
  ~Serving() {
    effects_.set_pause({});
    effects_.drop_supplies();
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

 private:
  FileEffects& effects_;
  bool stopped_{};
};

Changes::Changes(const common::Surroundings& around, const Paths& paths)
    : roots_(around.roots), times_(around.times), paths_(paths), folder_(around.folder) {
  if (!around.options.read_only && fs::exists(folder_ / kDatabase)) journaled();
}

Changes::~Changes() = default;

Changes::Journaled& Changes::journaled() {
  if (!journaled_) journaled_ = std::make_unique<Journaled>(roots_, times_, folder_);
  return *journaled_;
}

void Changes::perform(const Planned& planned, mcp::Call& call) {
  const Serving serving(journaled().effects, call);
  common::Write write{.call = &call, .summary = planned.summary, .dry_run = planned.dry_run};
  for (const Step& step : planned.steps) write.effects.push_back(to_string(step));
  journaled().database.write(write, [](SQLite::Database&) {});
}

/// The journal, the trash and what other servers and the host keep are nobody's to change by path.
void Changes::refuse_own(const fs::path& path) const {
  const bool holds_it = !roots_.hidden().empty() && common::is_in(roots_.hidden(), path);
  if (holds_it || roots_.is_hidden(path)) {
    throw mcp::ToolError("Access denied - Adjutant keeps its own data there: " + path.string());
  }
}

Held Changes::hold_to_change(const fs::path& path, std::string_view operation) const {
  refuse_own(path);
  return hold(roots_, path, operation);
}

void Changes::write(const std::string& path, std::string content, mcp::Call& call) {
  const Found found = paths_.find(path, "open");
  if (is_there(found) && is_open_folder(found.file)) {
    throw mcp::ToolError(system_error(EISDIR, "open", found.path));
  }
  const Print before = print_of(hold_to_change(found.path, "open").end);
  rewrite({.path = found.path, .before = before, .content = std::move(content)}, call);
}

void Changes::rewrite(Rewrite rewrite, mcp::Call& call) {
  const Held at = hold_to_change(rewrite.path, "open");
  Step step = new_step(Step::Kind::Write, rewrite.path);
  step.before = rewrite.before;
  step.after = {.kind = Print::Kind::File,
                .mode = rewrite.before.mode,
                .size = static_cast<std::int64_t>(rewrite.content.size()),
                .modified_ns = step.stamp_ns};
  step.path_folder_ns = modified_ns(at.folder.get());
  if (step.before.kind != Print::Kind::Nothing && step.before.kind != Print::Kind::File) {
    throw mcp::ToolError("Access denied - not a file: " + rewrite.path.string());
  }
  journaled().effects.supply(step.id, std::move(rewrite.content));
  perform({.steps = {step}, .summary = "Wrote " + rewrite.path.string()}, call);
}

void Changes::make_folder(const std::string& path, mcp::Call& call) {
  const Found found = paths_.find(path, "mkdir");
  if (is_there(found) && is_open_folder(found.file)) return;
  if (is_there(found)) throw mcp::ToolError(system_error(EEXIST, "mkdir", found.path));
  fs::path first = found.path;
  while (roots_.open_spot(first).error == ENOENT) first = first.parent_path();
  const Held at = hold_to_change(first, "mkdir");
  Step step = new_step(Step::Kind::MakeFolders, found.path);
  step.target = first;
  step.target_folder_ns = modified_ns(at.folder.get());
  perform({.steps = {step}, .summary = "Made the folder " + found.path.string()}, call);
}

void Changes::move(const FromTo& what, mcp::Call& call) {
  const Found from = paths_.find(what.source, "rename");
  const Found to = paths_.find(what.destination, "rename");
  if (is_there(to)) throw mcp::ToolError("Destination already exists: " + to.path.string());
  const auto refuse = [&](int error) {
    throw mcp::ToolError(system_error(error, "rename", from.path, to.path));
  };
  if (!is_there(from)) refuse(ENOENT);
  if (const int error = roots_.open_spot(to.path).error; error == ENOENT) refuse(error);
  if (common::is_in(to.path, from.path)) refuse(EINVAL);
  const Held source = hold_to_change(from.path, "rename");
  const Held target = hold_to_change(to.path, "rename");
  Step step = new_step(Step::Kind::Move, from.path);
  step.target = to.path;
  step.before = print_of(source.end);
  step.path_folder_ns = modified_ns(source.folder.get());
  if (from.path.parent_path() != to.path.parent_path()) {
    step.target_folder_ns = modified_ns(target.folder.get());
  }
  perform({.steps = {step}, .summary = "Moved " + from.path.string() + " to " + to.path.string()},
          call);
}

Amount Changes::copy(const FromTo& what, mcp::Call& call) {
  const Found from = paths_.find(what.source, "open");
  if (!is_there(from)) {
    throw mcp::ToolError("/source: " + system_error(ENOENT, "open", from.path));
  }
  const Found to = paths_.find(what.destination, "open");
  if (is_there(to)) throw mcp::ToolError("Destination already exists: " + to.path.string());
  if (common::is_in(to.path, from.path)) {
    throw mcp::ToolError("/destination: " + to.path.string() + " lies in the source itself");
  }
  const Held source = hold_to_change(from.path, "open");  // or what is hidden would be copied
  const Held target = hold_to_change(to.path, "open");
  Step step = new_step(Step::Kind::Copy, from.path);
  step.target = to.path;
  step.before = print_of(source.end);
  step.target_folder_ns = modified_ns(target.folder.get());
  const Extent extent = extent_of(source.end);
  perform({.steps = {step},
           .summary = "Copied " + from.path.string() + " to " + to.path.string(),
           .dry_run = what.dry_run},
          call);
  return {.path = to.path, .files = extent.files, .bytes = extent.bytes};
}

/// What a path names itself, be it a link.
Held Changes::entry(const std::string& path, const std::string& pointer) const {
  const fs::path absolute = roots_.absolute(path);
  const bool is_root = std::ranges::find(roots_.folders(), absolute) != roots_.folders().end();
  if (is_root || !roots_.contains(absolute)) {
    return hold_to_change(paths_.find(path, "lstat").path, "lstat");
  }
  const Found folder = paths_.find(absolute.parent_path().string(), "lstat");
  const fs::path here = folder.path / absolute.filename();
  if (roots_.open_spot(here).error == 0) {
    Held held = hold_to_change(here, "lstat");
    if (print_of(held.end).kind != Print::Kind::Nothing) return held;
  }
  const Found found = paths_.find(path, "lstat");  // in its other Unicode spelling
  if (is_there(found)) return hold_to_change(found.path, "lstat");
  throw mcp::ToolError(pointer + ": " + system_error(ENOENT, "lstat", found.path));
}

Amount Changes::remove(const std::vector<std::string>& paths, bool dry_run, mcp::Call& call) {
  Planned planned{.dry_run = dry_run};
  Amount amount;
  std::map<fs::path, std::int64_t> folders_ns;  // as the steps before leave them
  std::vector<Held> entries;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    entries.push_back(entry(paths[i], "/paths/" + std::to_string(i)));
  }
  std::ranges::sort(entries, {}, [](const Held& held) { return held.end.path; });
  for (const Held& held : entries) {
    const fs::path& path = held.end.path;
    const bool goes_along = std::ranges::any_of(
        planned.steps, [&](const Step& step) { return common::is_in(path, step.path); });
    if (goes_along) continue;
    const Extent extent = extent_of(held.end);
    amount.files += extent.files;
    amount.bytes += extent.bytes;
    Step step = new_step(Step::Kind::Trash, path);
    if (!planned.steps.empty()) step.stamp_ns = planned.steps.front().stamp_ns;
    step.before = print_of(held.end);
    const auto [before_ns, is_first] =
        folders_ns.try_emplace(path.parent_path(), modified_ns(held.folder.get()));
    step.path_folder_ns = before_ns->second;
    before_ns->second = step.stamp_ns;
    planned.steps.push_back(std::move(step));
  }
  planned.summary = "Deleted " + counted(amount.files, "file");
  if (planned.steps.size() == 1) planned.summary += ": " + planned.steps.front().path.string();
  perform(planned, call);
  return amount;
}

common::UndoResult Changes::undo(const common::UndoArgs& args, mcp::Call& call) {
  const Serving serving(journaled().effects, call);
  return journaled().journal.undo(args, call);
}

}  // namespace files
