#include "servers/email/identity.hpp"

#include <algorithm>
#include <stdexcept>

#include "servers/common/words.hpp"
#include "servers/email/mime/compose.hpp"

namespace email {
namespace {

bool same(std::string_view a, std::string_view b) {
  return common::folded(a) == common::folded(b);
}

/// The one whom the message was delivered to.
std::optional<Mail::Address> reached_by(const Mail& mail) {
  std::vector<Mail::Address> recipients = mail.to;
  recipients.insert(recipients.end(), mail.cc.begin(), mail.cc.end());
  for (const char* const header : {"Delivered-To", "X-Original-To"}) {
    const std::string_view delivered = mail.header(header);
    const auto found = std::ranges::find_if(
        recipients, [&](const Mail::Address& address) { return same(address.email, delivered); });
    if (found != recipients.end()) return *found;
  }
  return recipients.size() == 1 ? std::optional(recipients.front()) : std::nullopt;
}

}  // namespace

Identity::Identity(const common::Settings& settings) : others_(settings.texts("other_addresses")) {
  const std::optional<std::string> address = settings.text("address");
  if (!address) return;
  set_ = parse_address(*address);
  if (!set_)
    throw std::runtime_error("settings.toml: address: " + *address + " is no e-mail address");
  if (const std::optional<std::string> name = settings.text("name")) set_->name = *name;
}

std::optional<Mail::Address> Identity::sender(MailStore* mail, const Mail* answered) const {
  if (set_) return set_;
  std::optional<Mail::Address> inferred = mail == nullptr ? std::nullopt : mail->usual_sender();
  if (!inferred && answered != nullptr) inferred = reached_by(*answered);
  return inferred;
}

bool Identity::is_own(const Mail::Address& address,
                      const std::optional<Mail::Address>& sender) const {
  if (sender && same(sender->email, address.email)) return true;
  return std::ranges::any_of(others_,
                             [&](const std::string& own) { return same(own, address.email); });
}

}  // namespace email
