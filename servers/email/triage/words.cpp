#include "servers/email/triage/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "servers/email/triage/ascii.hpp"

namespace email::triage {
namespace {

constexpr std::size_t kWordBytesMax = 12;
constexpr std::size_t kDigitsMax = 4;
constexpr std::uint32_t kKeyMask = 0xffffff;
constexpr std::string_view kSigns = "!?$,:";
constexpr std::string_view kBetween = " \t\r\n\f\v";

bool is_word_letter(char c) {
  return is_alpha(c) || is_beyond_ascii(c);
}

/// Bytes of the invisible mark (zero width, soft hyphen) at the start, or 0.
std::size_t invisible(std::string_view text) {
  constexpr std::array<std::string_view, 6> kMarks = {"\u200b", "\u200c", "\u200d",
                                                      "\u2060", "\ufeff", "\u00ad"};
  for (const std::string_view mark : kMarks) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

/// Takes one word off the front of a chunk without blanks; empty if the front is no word.
std::string take_word(std::string_view& chunk) {
  if (kSigns.find(chunk.front()) != std::string_view::npos) {
    const std::string sign(1, chunk.front());
    chunk.remove_prefix(1);
    return sign;
  }
  std::string word;
  const bool number = is_digit(chunk.front());
  while (!chunk.empty()) {
    const char c = chunk.front();
    if (const std::size_t skip = invisible(chunk); skip != 0) {
      chunk.remove_prefix(skip);
      continue;
    }
    const bool inside = is_word_letter(c) || (c == '\'' && !word.empty() && !number);
    if (number ? !is_digit(c) : !inside) break;
    if (word.size() < (number ? kDigitsMax : kWordBytesMax)) word += number ? '0' : c;
    chunk.remove_prefix(1);
  }
  if (word.empty()) chunk.remove_prefix(1);
  return lower(word);
}

std::size_t find_link(std::string_view chunk) {
  return std::min({chunk.find("http://"), chunk.find("https://"), chunk.find("www.")});
}

bool has_mail_address(std::string_view chunk) {
  const std::size_t at = chunk.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < chunk.size();
}

}  // namespace

std::vector<std::string> words(std::string_view text, std::size_t max) {
  std::vector<std::string> out;
  while (out.size() < max) {
    const std::size_t start = text.find_first_not_of(kBetween);
    if (start == std::string_view::npos) break;
    text.remove_prefix(start);
    std::string_view chunk = text.substr(0, text.find_first_of(kBetween));
    text.remove_prefix(chunk.size());
    const std::size_t link = find_link(chunk);
    const bool address = link == std::string_view::npos && has_mail_address(chunk);
    chunk = address ? std::string_view{} : chunk.substr(0, link);
    while (!chunk.empty() && out.size() < max) {
      std::string word = take_word(chunk);
      if (!word.empty()) out.push_back(std::move(word));
    }
    if (link != std::string_view::npos) out.emplace_back("link");
    if (address) out.emplace_back("address");
  }
  return out;
}

bool may_be_english(const std::vector<std::string>& words) {
  constexpr std::array<std::string_view, 20> kCommon = {
      "the",  "and", "of",   "for",  "you",  "that", "with", "this", "are", "your",
      "have", "not", "will", "from", "they", "it",   "is",   "to",   "be",  "can"};
  constexpr std::size_t kEnough = 25;
  constexpr std::size_t kOneIn = 20;
  if (words.size() < kEnough) return true;
  const auto letters = std::ranges::count_if(
      words, [](const std::string& word) { return is_word_letter(word.front()); });
  const auto common = std::ranges::count_if(words, [&](const std::string& word) {
    return std::ranges::find(kCommon, word) != kCommon.end();
  });
  return static_cast<std::size_t>(common) * kOneIn >= static_cast<std::size_t>(letters);
}

void Keys::add(char kind, std::string_view first, std::string_view second, std::string_view third) {
  constexpr std::uint64_t kOffset = 14695981039346656037U;  // FNV-1a, 64 bits
  constexpr std::uint64_t kPrime = 1099511628211U;
  std::uint64_t hash = (kOffset ^ static_cast<unsigned char>(kind)) * kPrime;
  for (const std::string_view word : {first, second, third}) {
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
    hash = (hash ^ 0x1f) * kPrime;
  }
  keys_.push_back(static_cast<std::uint32_t>(hash ^ (hash >> 32)) & kKeyMask);
}

void Keys::add_pairs(char kind, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    add(kind, words[i]);
    if (i + 1 < words.size()) add(kind, words[i], words[i + 1]);
  }
}

std::vector<std::uint32_t> Keys::take() && {
  std::ranges::sort(keys_);
  const auto rest = std::ranges::unique(keys_);
  keys_.erase(rest.begin(), rest.end());
  return std::move(keys_);
}

}  // namespace email::triage
