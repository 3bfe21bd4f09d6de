#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "servers/files/errors.hpp"
#include "servers/files/folder.hpp"
#include "servers/files/step_hooks.hpp"
#include "servers/files/step_run.hpp"

namespace files {
namespace {

using transport::Descriptor;

constexpr mode_t kForAll = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;

Descriptor open_inside(int folder, const std::string& name) {
  return Descriptor(
      ::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

}  // namespace

// --- A file gets other contents

void StepRun::take_contents() const {
  const bool makes = step_.before.kind == Print::Kind::Nothing;
  const bool first = forth() && around_.content != nullptr;
  if (makes && !first) return relocate(move(), around_.watch);
  if (!makes) keep(kept(forth() ? "before" : "after"));

  const End here = path_->end;
  const End temporary{here.folder, temporary_name(step_.id), here.path};
  if (first) {
    write(temporary);
  } else {
    copy_tree(kept(forth() ? "after" : "before"), temporary, around_.watch.pause);
  }
  between_steps();
  if (const Verdict now = look_at_contents(); !now.is_due) {
    throw mcp::ToolError("Nothing was changed: " + now.problem);
  }
  if (makes) return rename_durably(temporary, here, around_.watch);
  if (::renameat(here.folder, temporary.name.c_str(), here.folder, here.name.c_str()) != 0) {
    throw mcp::ToolError(system_error(errno, "rename", here.path));
  }
  if (around_.watch.begun) around_.watch.begun();
  between_steps();
  sync_folder(here.folder);
}

/// The new contents, with what the file has beside its contents.
void StepRun::write(const End& temporary) const {
  const bool makes = step_.before.kind == Print::Kind::Nothing;
  const Descriptor file =
      make_file(temporary, *around_.content, makes ? kForAll : S_IRUSR | S_IWUSR);
  if (!makes) {
    const Descriptor old(::openat(path_->end.folder, path_->end.name.c_str(),
                                  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (old.get() < 0) throw mcp::ToolError(system_error(errno, "open", path_->end.path));
    copy_attributes(old.get(), file.get(), path_->end.path);
  }
  set_modified(file.get(), step_.stamp_ns);
  sync_file(file.get(), path_->end.path);
}

/// What the file holds now, on the shelf under that name, if it is not there yet.
void StepRun::keep(const End& end) const {
  if (is_there(end)) return;
  const End part{end.folder, end.name + ".part", end.path};
  remove_tree(part);
  copy_tree(path_->end, part, around_.watch.pause);
  between_steps();
  rename_durably(part, end);
}

// --- Folders are made

/// From the first that is made to the last.
std::vector<std::string> StepRun::names() const {
  std::vector<std::string> names{step_.target.filename().string()};
  if (step_.path == step_.target) return names;
  for (const auto& part : step_.path.lexically_relative(step_.target)) {
    names.push_back(part.string());
  }
  return names;
}

Verdict StepRun::look_at_folders() const {
  const std::vector<std::string> names = this->names();
  std::vector<Descriptor> open;
  int at = target_->end.folder;
  for (std::size_t i = 0; i < names.size(); ++i) {
    Descriptor inside = open_inside(at, names[i]);
    if (inside.get() < 0 && errno == ENOENT) break;
    if (inside.get() < 0) {
      return {.problem = "another program has put something else at " + step_.target.string()};
    }
    for (const Entry& entry : entries_of(inside)) {
      if (!forth() && (i + 1 == names.size() || entry.name != names[i + 1])) {
        return {.problem = "another program has put " + entry.name + " into " + names[i] +
                           ", which this change made"};
      }
    }
    open.push_back(std::move(inside));
    at = open.back().get();
  }
  return {.is_due = forth() ? open.size() < names.size() : !open.empty()};
}

void StepRun::make_folders() const {
  constexpr mode_t kOpenToAll = S_IRWXU | S_IRWXG | S_IRWXO;
  std::vector<Descriptor> made;
  int at = target_->end.folder;
  for (const std::string& name : names()) {
    if (::mkdirat(at, name.c_str(), kOpenToAll) != 0 && errno != EEXIST) {
      throw mcp::ToolError(system_error(errno, "mkdir", step_.path));
    }
    if (around_.watch.begun) around_.watch.begun();
    between_steps();
    made.push_back(open_inside(at, name));
    at = made.back().get();
    if (at < 0) throw mcp::ToolError(system_error(errno, "mkdir", step_.path));
  }
  for (auto folder = made.rbegin(); folder != made.rend(); ++folder) {
    set_modified(folder->get(), step_.stamp_ns);
    sync_folder(folder->get());
  }
  sync_folder(target_->end.folder);
}

void StepRun::remove_folders() const {
  std::vector<Descriptor> above;  // beneath the one that stays
  std::vector<std::pair<int, std::string>> there;
  int at = target_->end.folder;
  for (const std::string& name : names()) {
    there.emplace_back(at, name);
    above.push_back(open_inside(at, name));
    at = above.back().get();
    if (at < 0) break;
  }
  for (auto folder = there.rbegin(); folder != there.rend(); ++folder) {
    if (::unlinkat(folder->first, folder->second.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) {
      throw mcp::ToolError(system_error(errno, "rmdir", step_.path));
    }
    if (around_.watch.begun) around_.watch.begun();
    between_steps();
  }
  sync_folder(target_->end.folder);
}

// --- A file or folder is copied

Verdict StepRun::look_at_copy() const {
  if (!is_there(target_->end)) return {.is_due = forth()};
  if (extent_of(target_->end, around_.watch.pause).digest == bytes_of(kept("digest"))) {
    return {.is_due = !forth()};
  }
  return {.problem = changed_since(target_->end)};
}

void StepRun::copy() const {
  if (!forth() || is_there(kept("after"))) return relocate(move(), around_.watch);
  const Pause& pause = around_.watch.pause;
  const Held source = hold(around_.roots, step_.path, "open");
  const End temporary{target_->end.folder, temporary_name(step_.id), target_->end.path};
  const std::string before = extent_of(source.end, pause).digest;
  copy_tree(source.end, temporary, pause);
  between_steps();
  if (extent_of(source.end, pause).digest != before) {
    throw mcp::ToolError("Nothing was changed: another program has changed " + step_.path.string() +
                         " while it was copied. Try again.");
  }
  const End digest = kept("digest");
  remove_tree(digest);
  const Descriptor file = make_file(digest, extent_of(temporary, pause).digest, S_IRUSR | S_IWUSR);
  sync_file(file.get(), digest.path);
  sync_folder(digest.folder);
  between_steps();
  rename_durably(temporary, target_->end, around_.watch);
}

}  // namespace files
