#include "servers/email/effects.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "protocol/transport/descriptor.hpp"
#include "servers/email/lines.hpp"

namespace email {
namespace {

constexpr std::string_view kMove = "move";
constexpr std::string_view kFlags = "flags";
constexpr std::string_view kFolder = "folder";
constexpr std::string_view kDraft = "draft";

std::string quoted_name(const std::string& folder) {
  return "\"" + folder_name(folder) + "\"";
}

std::string_view base_of(std::string_view file_name) {
  return file_name.substr(0, file_name.find(':'));
}

void make_durable(const std::filesystem::path& folder) {
  const transport::Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::fsync(opened.get()) != 0)
    throw std::system_error(errno, std::generic_category(), folder.string());
}

}  // namespace

/// An effect taken apart. Names hold no line break (is_sane_name), so a line each will do; an empty
/// folder (the Maildir itself) is an empty line.
struct MailEffects::Step {
  std::string kind;
  MailFile file{};
  std::string other;  ///< The other folder, the other letters, or the other path.

  static Step parse(std::string_view effect) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= effect.size();) {
      const std::size_t end = std::min(effect.find('\n', at), effect.size());
      parts.emplace_back(effect.substr(at, end - at));
      at = end + 1;
    }
    assert(parts.size() == 5 && "an effect of this file");
    return {.kind = parts[0],
            .file = {.folder = parts[1], .is_new = parts[2] == "new", .name = parts[3]},
            .other = parts[4]};
  }
  std::string text() const {
    return kind + "\n" + file.folder + "\n" + (file.is_new ? "new" : "cur") + "\n" + file.name +
           "\n" + other;
  }
};

std::string move_effect(const MailFile& file, const std::string& to_folder) {
  return std::string(kMove) + "\n" + file.folder + "\n" + (file.is_new ? "new" : "cur") + "\n" +
         file.name + "\n" + to_folder;
}

std::string flags_effect(const MailFile& file, std::string_view flags) {
  return std::string(kFlags) + "\n" + file.folder + "\n" + (file.is_new ? "new" : "cur") + "\n" +
         file.name + "\n" + std::string(flags);
}

std::string folder_effect(const std::string& folder) {
  return std::string(kFolder) + "\n" + folder + "\ncur\n\n";
}

std::string draft_effect(std::string_view from, std::string_view to) {
  return std::string(kDraft) + "\n\ncur\n" + std::string(from) + "\n" + std::string(to);
}

void MailEffects::apply(std::string_view effect) {
  const Step step = Step::parse(effect);
  if (step.kind == kMove) move(step, step.file.folder, step.other);
  if (step.kind == kFlags) set_flags(step, flag_letters(step.file.name), step.other);
  if (step.kind == kFolder) maildir().make_folder(step.file.folder);
  if (step.kind == kDraft) move_draft(step.file.name, step.other);
}

void MailEffects::revert(std::string_view effect) {
  const Step step = Step::parse(effect);
  if (step.kind == kMove) move(step, step.other, step.file.folder);
  if (step.kind == kFlags) set_flags(step, step.other, flag_letters(step.file.name));
  if (step.kind == kFolder) maildir().remove_folder(step.file.folder);
  if (step.kind == kDraft) move_draft(step.other, step.file.name);
}

void MailEffects::forget(std::string_view effect) {
  const Step step = Step::parse(effect);
  // What an undone create_draft set aside; a draft that stands lies elsewhere.
  if (step.kind == kDraft && step.file.name.starts_with(kStaged))
    ::unlink((data_ / step.file.name).c_str());
}

void MailEffects::move(const Step& step, const std::string& from, const std::string& to) const {
  MailFile file = step.file;
  file.folder = from;
  const std::optional<MailFile> found = maildir().find(file);
  if (found) {
    MailFile target = *found;
    target.folder = to;
    maildir().rename(*found, target);
    return;
  }
  file.folder = to;
  if (!maildir().find(file)) report_missing(file, from);
}

/// Only letters that differ between `before` and `after` change; others may have come from another
/// program since. A message that would come back to just what it was also gets its old name back.
void MailEffects::set_flags(const Step& step, std::string_view before,
                            std::string_view after) const {
  const std::optional<MailFile> found = maildir().find(step.file);
  if (!found) return report_missing(step.file, step.file.folder);
  const std::string_view now = flag_letters(found->name);
  const std::string added = changed_flags(after, "", before);
  const std::string removed = changed_flags(before, "", after);
  const std::string letters = changed_flags(now, added, removed);
  MailFile target = *found;
  if (letters == flag_letters(step.file.name) && base_of(found->name) == base_of(step.file.name)) {
    target = step.file;
  } else if (letters != now) {
    target = {.folder = found->folder, .is_new = false, .name = with_flags(found->name, letters)};
  }
  maildir().rename(*found, target);
}

void MailEffects::report_missing(const MailFile& file, const std::string& expected) const {
  if (!strict_) return;
  const std::string what =
      "Nothing was changed: a message is not in " + quoted_name(expected) + " any more; ";
  const std::optional<MailFile> elsewhere = maildir().find_anywhere(file);
  if (elsewhere) {
    throw mcp::ToolError(what + "another mail program has moved it to " +
                         quoted_name(elsewhere->folder) + " since.");
  }
  throw mcp::ToolError(what + "another mail program has deleted it since.");
}

void MailEffects::move_draft(const std::string& from, const std::string& to) const {
  const std::filesystem::path source = data_ / from;
  const std::filesystem::path target = data_ / to;
  if (::access(target.c_str(), F_OK) == 0 && ::access(source.c_str(), F_OK) != 0) return;
  if (::rename(source.c_str(), target.c_str()) != 0) {
    if (!strict_) return;
    throw mcp::ToolError("Nothing was changed: the draft's file " + source.string() + ": " +
                         std::generic_category().message(errno));
  }
  make_durable(target.parent_path());
  make_durable(source.parent_path());
}

const Maildir& MailEffects::maildir() const {
  if (maildir_ != nullptr) return *maildir_;
  throw mcp::ToolError(
      "Nothing was changed: this change moved mail, and the server was started without --mail "
      "MAILDIR. Start it with the same Maildir to take the change back.");
}

}  // namespace email
