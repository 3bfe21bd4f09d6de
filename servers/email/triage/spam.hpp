#pragma once

#include <string>
#include <vector>

#include "servers/email/mime/mail.hpp"
#include "servers/email/triage/model.hpp"

/// Is a message unsolicited?
namespace email::triage {

/// The named signals of a message, and its words.
Sample spam_sample(const Mail& mail);

struct SpamVerdict {
  double log_odds{};                 ///< Above 0 it is called spam.
  bool sender_refuted{};             ///< The receiving server could not confirm the sender.
  std::vector<std::string> reasons;  ///< What speaks for it, heaviest first; sentences.
};

SpamVerdict judge_spam(const Mail& mail, const Model& model = kSpamModel);

}  // namespace email::triage
