#pragma once

#include <optional>
#include <string>
#include <vector>

#include "servers/common/settings.hpp"
#include "servers/email/mime/mail.hpp"
#include "servers/email/store.hpp"

namespace email {

/// Whose mail this is. `settings.toml` says it (`address`, `name`, `other_addresses`); without, it
/// is inferred: who writes most of what is in the sent folder, else whom the message at hand
/// reached.
class Identity final {
 public:
  explicit Identity(const common::Settings& settings);

  /// The address that mail is written from; nothing if nobody can tell. `answered` is the message
  /// that is answered, `mail` may be null.
  std::optional<Mail::Address> sender(MailStore* mail, const Mail* answered) const;

  /// True for an address of the user's own, `sender` being one.
  bool is_own(const Mail::Address& address, const std::optional<Mail::Address>& sender) const;

 private:
  std::optional<Mail::Address> set_;
  std::vector<std::string> others_;
};

}  // namespace email
