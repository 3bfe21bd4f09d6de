#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "schemas/email/rows.hpp"
#include "servers/common/database.hpp"
#include "servers/common/times.hpp"
#include "servers/email/index.hpp"
#include "servers/email/maildir.hpp"
#include "servers/email/mime/mail.hpp"
#include "servers/email/query.hpp"

namespace email {

/// Which messages, resolved.
struct Filter {
  std::vector<Term> terms{};           ///< All must hold.
  std::vector<std::string> folders{};  ///< Paths; in any of them.
  common::Range sent{};
};

/// Where a list goes on: after this message, in order of date, then id, newest first.
struct Position {
  std::int64_t date{};
  std::int64_t id{};
};

/// One change of flags, in words of ours.
struct FlagChange {
  std::vector<std::string> ids{};
  std::vector<Flag> add{};
  std::vector<Flag> remove{};
  bool dry_run{};
};

struct Move {
  std::vector<std::string> ids{};
  std::string mailbox{};
  bool dry_run{};
};

/// The messages of one Maildir, as rows and as mail. Belongs to one worker. Reading never changes
/// the Maildir; each method that shows mail first brings the index in step.
class MailStore final {
 public:
  /// All outlive it.
  MailStore(common::Database& database, const Maildir& maildir, const common::Times& times)
      : database_(database), maildir_(maildir), times_(times), index_(database, maildir, times) {}

  /// The folders that `mailbox` names (a role such as "inbox", a name as list_mailboxes shows it,
  /// or a path); all but spam and trash where it is empty. Throws mcp::ToolError that begins with
  /// "/mailbox: " and names those that exist.
  std::vector<std::string> folders_of(std::string_view mailbox) const;

  /// Brings the index in step with the Maildir; what follows in the same call sees that.
  void refresh(const mcp::Call& call) { index_.refresh(call); }
  std::int64_t count(const Filter& filter);
  /// At most `max` rows without text, newest first; dates are in the user's zone.
  std::vector<Message> list(const Filter& filter, const std::optional<Position>& after,
                            std::size_t max);
  /// The row of one message, without text; nothing if there is none with this id, or it is gone.
  std::optional<Message> find(std::string_view id);
  /// The message itself as its file says, and its bytes; nothing if it is gone.
  std::optional<Mail> read(std::string_view id);
  std::optional<std::string> read_bytes(std::string_view id);

  /// Who wrote most of what is in the sent folder; nothing where that is empty.
  std::optional<Mail::Address> usual_sender();

  /// All ids or none: an unknown one throws mcp::ToolError ("/ids/1: ...").
  Counted flag(const FlagChange& change, mcp::Call& call);
  Counted move(const Move& move, mcp::Call& call);

 private:
  /// A message as a change sees it.
  struct Row {
    std::int64_t id{};
    MailFile file{};
    std::string subject{};
    bool important{};
  };
  std::vector<Row> rows_of(const std::vector<std::string>& ids);
  std::optional<MailFile> file_of(std::string_view id);
  void refuse_copies(const std::vector<Row>& rows, const std::string& folder);
  struct Target;
  Target target_of(std::string_view mailbox) const;

  common::Database& database_;
  const Maildir& maildir_;
  const common::Times& times_;
  MailIndex index_;
};

/// "m12" and 12.
std::string message_id_of(std::int64_t row);
std::optional<std::int64_t> message_row_of(std::string_view id);

}  // namespace email
