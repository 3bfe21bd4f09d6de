#include "host/planner/rules/sending.hpp"

#include <algorithm>
#include <cctype>

#include "schemas/email/send_drafts_types.hpp"

namespace host {

void propose_sending(const World& world, Plan& plan, const Sending& sending) {
  const std::string draft = world.history.made(sending.written.key);
  if (draft.empty()) return;
  const Proposer proposer(world, plan, "send");
  const Item item{.key = "send:" + draft, .about = sending.written.about};
  if (!proposer.wants(item, sending.title)) return;
  proposer.propose("email", "send_drafts", email::SendDraftsArgs{.ids = {draft}},
                   {.title = sending.title, .reason = sending.reason}, {item});
}

std::string address_of(const std::string& from) {
  const std::size_t open = from.rfind('<');
  const std::size_t close = from.rfind('>');
  std::string address = open != std::string::npos && close != std::string::npos && open < close
                            ? from.substr(open + 1, close - open - 1)
                            : from;
  std::transform(address.begin(), address.end(), address.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return address;
}

std::string name_in(const std::string& from) {
  std::string name = from.substr(0, from.rfind('<'));
  const auto trimmed = [](char c) { return c == ' ' || c == '"'; };
  while (!name.empty() && trimmed(name.back())) name.pop_back();
  name.erase(name.begin(), std::find_if_not(name.begin(), name.end(), trimmed));
  return name.empty() ? address_of(from) : name;
}

}  // namespace host
