#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "protocol/mcp/handler.hpp"
#include "servers/common/database.hpp"
#include "servers/common/journal.hpp"
#include "servers/common/run.hpp"
#include "servers/email/draft_writer.hpp"
#include "servers/email/drafts.hpp"
#include "servers/email/effects.hpp"
#include "servers/email/identity.hpp"
#include "servers/email/maildir.hpp"
#include "servers/email/schema.hpp"
#include "servers/email/store.hpp"

namespace email {

/// What the handlers of one worker use.
struct Context {
  explicit Context(const common::Surroundings& around);
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  /// The messages of the Maildir, the index in step with it. Throws mcp::ToolError that says how to
  /// give one where the server has none.
  MailStore& mail(const mcp::Call& call);
  /// The same, or null where the server has no Maildir: what concerns drafts alone works without.
  MailStore* find_mail(const mcp::Call& call);

  const common::Times& times;
  const common::Roots& roots;
  std::optional<Maildir> maildir;
  MailEffects effects;
  common::Database database;
  std::optional<MailStore> store;
  DraftStore drafts;
  Identity identity;
  common::Journal journal{database};
};

}  // namespace email
