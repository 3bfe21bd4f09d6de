#include <algorithm>
#include <map>
#include <numeric>

#include "servers/email/triage/ascii.hpp"
#include "servers/email/triage/hosts.hpp"
#include "servers/email/triage/words.hpp"
#include "tests/bench/triage/data.hpp"

namespace bench {
namespace {

/// Joins things that share a key.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }

  void add(std::size_t thing, const std::string& key) {
    const auto [first, is_new] = first_.try_emplace(key, thing);
    if (!is_new) parent_[root(thing)] = root(first->second);
  }

  std::vector<std::size_t> take() {
    std::vector<std::size_t> out(parent_.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = root(i);
    return out;
  }

 private:
  std::size_t root(std::size_t thing) {
    while (parent_[thing] != thing) thing = parent_[thing] = parent_[parent_[thing]];
    return thing;
  }

  std::vector<std::size_t> parent_;
  std::map<std::string, std::size_t> first_;
};

std::string letters(std::string_view text, std::size_t from, std::size_t count) {
  std::string out;
  for (const char c : email::triage::lower(text)) {
    if (c >= 'a' && c <= 'z') out += c;
    if (out.size() == from + count) break;
  }
  return out.size() < from + count / 2 ? std::string{} : out.substr(from);
}

/// The start of the subject without "Re:" and the tag of a list.
std::string subject_key(const email::Mail& mail) {
  std::string_view subject = mail.subject;
  for (bool found = true; found;) {
    found = false;
    while (subject.starts_with(' ')) subject.remove_prefix(1);
    const std::size_t close = subject.find(']');
    if (subject.starts_with('[') && close != std::string_view::npos) {
      subject.remove_prefix(close + 1);
      found = true;
    }
    for (const std::string_view mark : {"re:", "fw:", "fwd:"}) {
      if (!email::triage::lower(subject.substr(0, mark.size())).starts_with(mark)) continue;
      subject.remove_prefix(mark.size());
      found = true;
    }
  }
  return letters(subject, 0, 25);
}

std::string sender_of(const email::Mail& mail) {
  return mail.from.empty() ? "" : email::triage::lower(mail.from.front().email);
}

std::string list_of(const email::Mail& mail) {
  for (const std::string_view name : {"List-Id", "X-Mailing-List", "Mailing-List"}) {
    std::string_view value = mail.header(name);
    value.remove_prefix(std::min(value.find('<') + 1, value.size()));
    value = value.substr(0, value.find_first_of(">;"));
    if (!value.empty()) return std::string(value);
  }
  return email::triage::owner_of_address(sender_of(mail));
}

}  // namespace

std::vector<std::size_t> groups_of(const std::vector<LabelledMail>& mail, Likeness likeness) {
  Groups groups(mail.size());
  for (std::size_t i = 0; i < mail.size(); ++i) {
    const email::Mail& one = mail[i].mail;
    const auto add = [&](const char* kind, const std::string& key) {
      if (!key.empty()) groups.add(i, mail[i].label + kind + key);
    };
    const bool by_source = !mail[i].spam() && likeness != Likeness::Threads;
    if (by_source) add(" list ", list_of(one));
    if (!by_source || likeness == Likeness::Either) add(" subject ", subject_key(one));
    if (!mail[i].spam()) continue;
    add(" sender ", sender_of(one));
    add(" text ", letters(one.text, 50, 60));
  }
  return groups.take();
}

std::vector<std::size_t> groups_of(const std::vector<LabelledSentence>& sentences) {
  constexpr std::size_t kStart = 4;
  constexpr std::size_t kRun = 5;
  constexpr std::size_t kWordsMax = 60;
  Groups groups(sentences.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::vector<std::string> words = email::triage::words(sentences[i].text, kWordsMax);
    const auto run = [&](std::size_t first, std::size_t count) {
      std::string key;
      for (std::size_t at = first; at < std::min(first + count, words.size()); ++at) {
        key += words[at] + ' ';
      }
      return key;
    };
    groups.add(i, "start " + run(0, kStart));
    for (std::size_t at = 0; at + kRun <= words.size(); ++at) groups.add(i, run(at, kRun));
  }
  return groups.take();
}

}  // namespace bench
