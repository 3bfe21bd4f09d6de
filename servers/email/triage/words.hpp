#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Text as the learned models see it: words, and sets of hashed words.
namespace email::triage {

/// ASCII letters in lower case; everything else as it is.
std::string lower(std::string_view text);

/// The words of a text: ASCII lower case, at most 12 bytes of each, a number as "0" per digit (at most
/// four); `! ? $ , :` are words of their own. An address of a page is "link" and one of mail "address",
/// so that nothing learns who wrote or where a list lives. Marks that nobody sees are skipped.
std::vector<std::string> words(std::string_view text, std::size_t max);

/// A set of hashed words, each a number below `size` (a power of two). One hash for training and use.
class Hashed {
 public:
  explicit Hashed(std::uint32_t size) : size_(size) {}

  /// `kind` keeps the same words in two roles apart (of the subject, of the text).
  void add(char kind, std::string_view first, std::string_view second = {},
           std::string_view third = {});
  /// Each word, and each pair of neighbours.
  void add_pairs(char kind, const std::vector<std::string>& words);

  /// Sorted, each once.
  std::vector<std::uint32_t> take() &&;

 private:
  std::uint32_t size_;
  std::vector<std::uint32_t> buckets_;
};

}  // namespace email::triage
