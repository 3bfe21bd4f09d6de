#pragma once

#include <cstddef>

#include "schemas/email/get_messages_types.hpp"
#include "servers/common/times.hpp"
#include "servers/email/mime/mail.hpp"

namespace email {

/// What of a message is shown, and from where.
struct Part {
  GetMessagesView view{};
  std::size_t offset{};  ///< In characters (code points) of the text.
  std::size_t max_chars{};
};

/// Fills in what a row does not hold: text or headers (the part asked for, `next_offset` if more
/// follows), links and invitation (with the first part). What the readers' limits left out is said
/// at the end of the text.
void show(const Mail& mail, const Part& part, const common::Zone& zone, Message& message);

}  // namespace email
