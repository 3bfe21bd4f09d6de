#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "servers/email/mime/mail.hpp"
#include "servers/email/triage/model.hpp"

/// Is a message unsolicited?
namespace email::triage {

constexpr std::uint32_t kSpamBuckets = 1U << 14U;

/// The named signals of a message, and its hashed words.
Sample spam_sample(const Mail& mail);

struct SpamVerdict {
  double probability{};              ///< 0.5 and more is called spam.
  std::vector<std::string> reasons;  ///< What speaks for it, heaviest first; sentences.
};

SpamVerdict judge_spam(const Mail& mail, const Model& model = kSpamModel);

}  // namespace email::triage
