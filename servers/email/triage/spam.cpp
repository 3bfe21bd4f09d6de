#include "servers/email/triage/spam.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "servers/email/mime/utf8.hpp"
#include "servers/email/triage/hosts.hpp"
#include "servers/email/triage/signals.hpp"
#include "servers/email/triage/words.hpp"

namespace email::triage {
namespace {

constexpr std::size_t kTextWordsMax = 2500;
constexpr std::size_t kSubjectWordsMax = 60;
constexpr std::size_t kReasonsMax = 4;
constexpr double kReasonWeight = 0.35;  // Below that a signal explains little.
constexpr double kTellsMost = 2;        // Times its weight: no other reason names what to look at.

struct Weighed {
  double weight{};
  std::string reason;
};

std::string shown_host(std::string_view text) {
  const std::optional<WebAddress> address =
      read_web_address(text.find("://") == std::string_view::npos ? "http://" + std::string(text)
                                                                  : std::string(text));
  return address ? address->host : std::string(text);
}

std::string mismatch_reason(const Mail& mail) {
  const auto link = std::ranges::find_if(mail.links, &Mail::Link::mismatch);
  if (link == mail.links.end()) return {};
  return "a link's text names " + shown_host(link->text) + " but it leads to " +
         shown_host(link->url);
}

std::vector<std::string> reasons_of(const Mail& mail, const Model& model, const Sample& sample,
                                    double words) {
  std::vector<Weighed> found;
  if (words > kReasonWeight) found.push_back({words, "its words are those of unsolicited mail"});
  for (std::size_t i = 0; i < kSignalCount; ++i) {
    const bool mismatch = i == static_cast<std::size_t>(Signal::LinkMismatch);
    const double weight = static_cast<double>(model.signals[i]) * sample.signals[i];
    const std::string_view reason = signal_rows()[i].reason;
    if (weight < kReasonWeight || (reason.empty() && !mismatch)) continue;
    found.push_back({mismatch ? kTellsMost * weight : weight,
                     mismatch ? mismatch_reason(mail) : std::string(reason)});
  }
  std::ranges::stable_sort(found, std::greater{}, &Weighed::weight);
  std::vector<std::string> out;
  for (Weighed& one : found) {
    if (out.size() < kReasonsMax) out.push_back(std::move(one.reason));
  }
  return out;
}

}  // namespace

Sample spam_sample(const Mail& mail) {
  const Signals signals = signals_of(mail);
  const std::vector<std::string> subject = words(mail.subject, kSubjectWordsMax);
  const std::vector<std::string> text = words(utf8_prefix(mail.text, kTextMax), kTextWordsMax);
  Keys keys;
  if (may_be_english(text)) {
    keys.add_pairs('s', subject);
    keys.add_pairs('t', text);
  }
  return {.signals = {signals.begin(), signals.end()}, .words = std::move(keys).take()};
}

SpamVerdict judge_spam(const Mail& mail, const Model& model) {
  const Sample sample = spam_sample(mail);
  const Score found = score(model, sample);
  return {.log_odds = found.total,
          .sender_refuted = sample.signals[static_cast<std::size_t>(Signal::AuthFailed)] > 0,
          .reasons = reasons_of(mail, model, sample, found.words)};
}

}  // namespace email::triage
