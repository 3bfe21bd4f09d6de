#include "servers/email/context.hpp"

#include "servers/common/journal_schema.hpp"

namespace email {
namespace {

constexpr std::array<std::string_view, 2> kMigrations{common::kJournalSchema, kMailSchema};
constexpr std::array<std::string_view, 2> kJournaled{"marks", "drafts"};

std::optional<Maildir> maildir_at(const std::filesystem::path& path) {
  return path.empty() ? std::nullopt : std::optional<Maildir>(std::in_place, path);
}

}  // namespace

Context::Context(const common::Surroundings& around)
    : times(around.times),
      roots(around.roots),
      maildir(maildir_at(around.options.mail)),
      effects(maildir ? &*maildir : nullptr, around.folder),
      database({.name = "email",
                .file = around.folder / "email.db",
                .migrations = kMigrations,
                .journaled = kJournaled},
               around.times),
      drafts(database, around.folder, around.times),
      identity(around.settings) {
  if (maildir) store.emplace(database, *maildir, times);
  database.attach(effects);
  effects.expect_messages();
}

MailStore* Context::find_mail(const mcp::Call& call) {
  if (!store) return nullptr;
  maildir->check();
  store->refresh(call);
  return &*store;
}

MailStore& Context::mail(const mcp::Call& call) {
  if (MailStore* found = find_mail(call)) return *found;
  throw mcp::ToolError(
      "This server has no mail: it was started without --mail. Start it with --mail and the path "
      "of "
      "a Maildir.");
}

}  // namespace email
