#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Text as the learned models see it: words, and sets of their keys.
namespace email::triage {

/// Of a longer text the start is looked at: the rest says nothing new.
constexpr std::size_t kTextMax = std::size_t{16} * 1024;

/// The words of a text: ASCII lower case, at most 12 bytes of each, a number as "0" per digit (at
/// most four); `! ? $ , :` are words of their own. An address of a page is "link" and one of mail
/// "address", so that nothing learns who wrote or where a list lives. Marks that nobody sees are
/// skipped.
std::vector<std::string> words(std::string_view text, std::size_t max);

/// True if the words are English, or too few to tell. The given mail that words are learned from is
/// English but for its spam, and what is written in another language must not suffer for that.
bool may_be_english(const std::vector<std::string>& words);

/// A set of words as keys: hashes of 24 bits. One hash for training and use.
class Keys {
 public:
  /// `kind` keeps the same words in two roles apart (of the subject, of the text).
  void add(char kind, std::string_view first, std::string_view second = {},
           std::string_view third = {});
  /// Each word, and each pair of neighbours.
  void add_pairs(char kind, const std::vector<std::string>& words);

  /// Sorted, each once.
  std::vector<std::uint32_t> take() &&;

 private:
  std::vector<std::uint32_t> keys_;
};

}  // namespace email::triage
