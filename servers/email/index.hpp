#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "protocol/mcp/handler.hpp"
#include "servers/common/database.hpp"
#include "servers/common/times.hpp"
#include "servers/email/maildir.hpp"
#include "servers/email/mime/mail.hpp"

namespace email {

/// The largest message that is read; what is longer is read as if it ended there.
constexpr std::size_t kMessageBytesMax = std::size_t{64} * 1024 * 1024;

/// "Anna Nowak <anna@example.com>", or the address alone.
std::string spoken(const Mail::Address& address);

/// A subject as threads compare it: folded, without "Re:", "Fwd:" and their like.
std::string topic_of(std::string_view subject);
/// True if the subject says that it answers or forwards something.
bool is_answer(std::string_view subject);

/// Keeps the tables in step with the Maildir, whoever changes it. A message keeps its id when its
/// file is renamed or moved (recognised by the unique part of its name, else by its content), also
/// when it was gone for a while. It changes nothing in the Maildir.
class MailIndex final {
 public:
  /// All three outlive it.
  MailIndex(common::Database& database, const Maildir& maildir, const common::Times& times)
      : database_(database), maildir_(maildir), times_(times) {}

  /// Cheap where nothing has changed: two stat calls a folder. Each call that shows mail begins
  /// with it. A first look at a large Maildir reports its progress and can be cancelled and gone on
  /// with.
  void refresh(const mcp::Call& call);

 private:
  struct Step;
  std::map<std::string, FolderStamp> changed_folders();

  common::Database& database_;
  const Maildir& maildir_;
  const common::Times& times_;
};

}  // namespace email
