#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "schemas/email/rows.hpp"
#include "servers/common/database.hpp"
#include "servers/common/times.hpp"
#include "servers/email/mime/compose.hpp"

namespace email {

/// A draft before it is one.
struct NewDraft {
  Outgoing mail{};
  std::optional<std::int64_t> reply_to{};  ///< The row of the message it answers,
  std::optional<std::int64_t> forward{};   ///< or forwards.
  bool untrusted{};                        ///< It repeats words of others.
};

struct Queueing {
  std::vector<std::string> ids{};
  std::optional<common::Time> leaves{};  ///< Not before.
  bool dry_run{};
};

/// Drafts and the outbox: a row each, and the message as it will leave as a file in `drafts/` or
/// `outbox/` of the server's folder. A file appears whole or not at all, and moves with its row.
class DraftStore final {
 public:
  /// All outlive it; the folders are made where they are missing.
  DraftStore(common::Database& database, const std::filesystem::path& folder,
             const common::Times& times);

  /// All of them, or none and an exception.
  std::vector<Draft> add(const std::vector<NewDraft>& drafts, mcp::Call& call);
  /// Puts drafts into the outbox. An unknown id, one without recipients or one that is queued
  /// already throws mcp::ToolError ("/ids/0: ...") and nothing is changed.
  std::vector<Draft> queue(const Queueing& queueing, mcp::Call& call);

  std::filesystem::path outbox() const;

 private:
  struct Row {
    Draft draft{};
    std::string file{};
  };
  std::vector<Row> rows_of(const std::vector<std::string>& ids);
  std::filesystem::path path_of(std::string_view folder, const std::string& file) const;

  common::Database& database_;
  std::filesystem::path folder_;
  const common::Times& times_;
};

}  // namespace email
