#include "host/planner/plan.hpp"

namespace host {

bool Proposer::wants(const Item& item, const std::string& text) const {
  if (world_.history.settled(item.key)) return false;
  if (item.about.empty() || !world_.history.turned_down(kind_, item.about)) return true;
  plan_.left_out.push_back({.item = item, .kind = kind_, .text = text});
  return false;
}

void Proposer::add(CallRequest call, What what, std::vector<Item> items) const {
  plan_.actions.push_back({.proposal = {.call = std::move(call),
                                        .kind = kind_,
                                        .title = std::move(what.title),
                                        .reason = std::move(what.reason)},
                           .items = std::move(items)});
}

void Proposer::notice(Item item, std::string text, bool urgent) const {
  if (world_.history.settled(item.key)) return;
  plan_.notices.push_back(
      {.item = std::move(item), .kind = kind_, .text = std::move(text), .urgent = urgent});
}

std::string in_sentences(const Proposal& proposal) {
  const bool ended = proposal.title.ends_with('?') || proposal.title.ends_with('!') ||
                     proposal.title.ends_with('.');
  return proposal.title + (ended ? " " : ". ") + proposal.reason;
}

common::When exactly(std::chrono::sys_seconds instant, const common::Zone& zone) {
  return common::exactly(zone.at(instant));
}

}  // namespace host
