#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/email/rows.hpp"
#include "servers/common/times.hpp"
#include "servers/email/mime/mail.hpp"

/// Sorts one message and says why. Same message, relation and time: same answer.
namespace email::triage {

/// What the reader's own mail says about a message.
struct Relation {
  bool written_to{};   ///< The reader has written to its sender before.
  bool only_copied{};  ///< The reader stands in Cc and not in To.
};

struct Verdict {
  Triage category{};
  TriagedScore score{};
  std::vector<std::string> reasons{};  ///< Sentences; words of the sender's stand between « and ».
  std::optional<common::Time> due{};
  std::string suggestion{};
};

/// spam:            see spam.hpp; known senders count against it, unless the receiving server could
/// not
///                  confirm them.
/// action_required: a sentence of the sender's own asks (asks.hpp), or an invitation waits. From
///                  programs and bulk mail, asking counts only with a deadline.
/// urgent:          that, from a person, and it is due within a day or says that it is urgent.
/// informational:   the rest.
Verdict judge(const Mail& mail, const Relation& relation, const common::Times& times);

}  // namespace email::triage
