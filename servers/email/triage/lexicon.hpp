#pragma once

#include <cstddef>
#include <string_view>

/// A few ideas in the words of several languages: general knowledge, not learned from anybody's
/// mail.
namespace email::triage {

enum class Idea {
  Threat,      ///< Something of yours is blocked, ends, or was used by a stranger.
  Credential,  ///< Sign in, confirm who you are, give a password or a card.
  Gain,        ///< You won, it is free, take your reward.
  OptOut,      ///< How to stop such mail.
  Imprint,     ///< Who publishes it, and why the reader gets it.
  Urgency,     ///< At once.
};

/// How many different stems of the idea occur at the start of a word. `text` is in lower case.
std::size_t count_stems(Idea idea, std::string_view text);

}  // namespace email::triage
